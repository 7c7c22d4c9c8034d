package io.sluice.nsqd.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageIdsTest {
    private static final long UNIT_NS = 1 << 20;
    private static final long EPOCH_UNITS = 1288834974288L;
    private static final long NOW = (EPOCH_UNITS + 1000) * UNIT_NS;

    private static long unit(long guid) {
        return guid >>> 22;
    }

    private static long node(long guid) {
        return guid >>> 12 & 0x3ff;
    }

    private static long sequence(long guid) {
        return guid & 0xfff;
    }

    @Test
    void givesTheIdThatNsqGaveAtThatTimeOnThatNode() {
        MessageIds ids = new MessageIds(617);
        assertThat(Long.toHexString(ids.next(0x18e9bbc594bdeb95L))).isEqualTo("18a1cbd5bee69000");
    }

    @Test
    void timeNodeAndSequenceHaveTheirBits() {
        MessageIds ids = new MessageIds(1023);
        for (int i = 0; i < 3; i++) {
            long guid = ids.next(NOW + UNIT_NS - 1);
            assertThat(unit(guid)).isEqualTo(1000);
            assertThat(node(guid)).isEqualTo(1023);
            assertThat(sequence(guid)).isEqualTo(i);
        }
        long guid = ids.next(NOW + UNIT_NS);
        assertThat(unit(guid)).isEqualTo(1001);
        assertThat(sequence(guid)).isZero();
    }

    @Test
    void aFullUnitBorrowsFromTheNextAndTheClockCatchesUp() {
        MessageIds ids = new MessageIds(0);
        for (int i = 0; i < 4096; i++) assertThat(unit(ids.next(NOW))).isEqualTo(1000);
        long borrowed = ids.next(NOW);
        assertThat(unit(borrowed)).isEqualTo(1001);
        assertThat(sequence(borrowed)).isZero();
        long inThatUnit = ids.next(NOW + UNIT_NS);
        assertThat(unit(inThatUnit)).isEqualTo(1001);
        assertThat(sequence(inThatUnit)).isEqualTo(1);
        long afterIt = ids.next(NOW + 2 * UNIT_NS);
        assertThat(unit(afterIt)).isEqualTo(1002);
        assertThat(sequence(afterIt)).isZero();
    }

    @Test
    void idsRiseWhileTheClockStandsStillOrGoesBack() {
        MessageIds ids = new MessageIds(5);
        long before = ids.next(NOW);
        for (int i = 0; i < 20_000; i++) {
            long guid = ids.next(i % 2 == 0 ? NOW : NOW - i * UNIT_NS);
            assertThat(guid).isGreaterThan(before);
            assertThat(node(guid)).isEqualTo(5);
            before = guid;
        }
        assertThat(unit(before)).isEqualTo(1000 + 20_000 / 4096);
    }
}
