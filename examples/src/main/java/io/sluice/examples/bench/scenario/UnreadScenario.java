package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Level;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.daemon.Where;
import io.sluice.examples.bench.load.Numbers;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.measure.Footprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** As many messages in one channel as a run may publish, and no consumer: what they occupy. */
record UnreadScenario(String name, int bodySize) implements Scenario {
    @Override
    public String setting() {
        return "a backlog of " + bodySize + " B messages, in the daemon's memory";
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        try (Run run = new Run(target, 1, Level.DEFAULT)) {
            double beforeBytes = Footprint.bytes(target);
            List<Numbers> published =
                    Backlog.fill(target, run.topic(), bodySize, limit.messages(), Where.MEMORY);
            Footprint footprint = new Footprint(beforeBytes, Footprint.bytes(target));
            long count = published.stream().mapToLong(Numbers::used).sum();
            List<Figure> figures = new ArrayList<>(List.of(Figure.count("messages", count)));
            figures.addAll(footprint.figures("message", Figure.Unit.BYTES, count));
            return figures;
        }
    }
}
