package io.sluice.lookupd;

import io.sluice.lookupd.registry.Producer;
import io.sluice.lookupd.registry.Registration;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists of producers, of which each is written once and kept for as long as it is there. */
final class ProducersJson {
    private static final int BYTES_OF_ONE = 256;

    private final Map<Producer, ProducerJson> written = new WeakHashMap<>();

    /** As lookups have them: who they are. */
    Buffer identities(Collection<Producer> producers) {
        return array(producers, producer -> of(producer).identity());
    }

    /** As {@code /nodes} has them: with their topics, and whether these are hidden now. */
    Buffer nodes(Collection<Producer> producers, Predicate<Registration> isHidden) {
        return array(producers, producer -> of(producer).node(producer, isHidden));
    }

    private ProducerJson of(Producer producer) {
        return written.computeIfAbsent(producer, ProducerJson::new);
    }

    private static Buffer array(Collection<Producer> producers, Function<Producer, byte[]> json) {
        Buffer all = Buffer.buffer(producers.size() * BYTES_OF_ONE + 2).appendString("[");
        for (Producer producer : producers) {
            if (all.length() > 1) all.appendString(",");
            all.appendBytes(json.apply(producer));
        }
        return all.appendString("]");
    }
}
