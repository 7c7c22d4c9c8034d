package io.sluice.examples.bench.measure;

import java.util.Arrays;

/** The values of one figure over all runs. */
public final class Sample {
    private final double[] sorted;

    /** NaN stands for a value that is not known. */
    public Sample(double... values) {
        if (values.length == 0) throw new IllegalArgumentException("a sample needs a value");
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** Of an even count, the mean of the two in the middle. */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }
}
