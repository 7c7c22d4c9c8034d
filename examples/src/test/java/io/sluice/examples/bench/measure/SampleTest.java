package io.sluice.examples.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theMedianOfAnOddCountIsTheMiddleValue() {
        Sample sample = new Sample(5, 1, 3);

        assertThat(sample.median()).isEqualTo(3);
        assertThat(sample.min()).isEqualTo(1);
        assertThat(sample.max()).isEqualTo(5);
    }

    @Test
    void theMedianOfAnEvenCountIsBetweenTheTwoInTheMiddle() {
        assertThat(new Sample(10, 2, 4, 1).median()).isEqualTo(3);
    }

    @Test
    void whatIsUnknownStaysUnknown() {
        assertThat(new Sample(Double.NaN, Double.NaN).median()).isNaN();
        assertThat(Figure.Unit.MICROSECONDS.show(Double.NaN)).isEqualTo("n/a");
    }

    @Test
    void thereIsNoSampleOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(Sample::new);
    }
}
