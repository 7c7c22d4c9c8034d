package io.sluice.examples.bench.measure;

import io.sluice.examples.bench.daemon.Target;
import java.util.List;

/** How the resident memory of a target has grown from one moment to another. */
public record Footprint(double beforeBytes, double afterBytes) {
    /** What it occupies now; NaN when it cannot be known. */
    public static double bytes(Target target) {
        return target.residentBytes().isPresent() ? target.residentBytes().getAsLong() : Double.NaN;
    }

    /** The memory for each of {@code count}, and the whole on which this rests. */
    public List<Figure> figures(String what, Figure.Unit unit, long count) {
        return List.of(
                Figure.memory("resident/" + what, unit, (afterBytes - beforeBytes) / count),
                Figure.memory("resident before", Figure.Unit.MIB, beforeBytes),
                Figure.memory("resident after", Figure.Unit.MIB, afterBytes));
    }
}
