package io.sluice.daemon.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sluice.daemon.Answer;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Metrics as Prometheus reads them, one family after the other: no more than one is ever in memory
 * as objects or as text, however many topics there are.
 */
public final class Exposition implements Iterator<Buffer> {
    private static final PrometheusTextFormatWriter FORMAT =
            PrometheusTextFormatWriter.builder().build();

    private final Iterator<Supplier<MetricSnapshot>> families;

    private Exposition(List<Supplier<MetricSnapshot>> families) {
        this.families = families.iterator();
    }

    /** The answer to a scrape; each family is made when those before it have been sent. */
    public static Answer of(List<Supplier<MetricSnapshot>> families) {
        return Answer.sliced(FORMAT.getContentType(), new Exposition(families));
    }

    @Override
    public boolean hasNext() {
        return families.hasNext();
    }

    @Override
    public Buffer next() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            FORMAT.write(text, MetricSnapshots.of(families.next().get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(text.toByteArray());
    }
}
