package io.sluice.nsqd.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpareArraysTest {
    private final SpareArrays spare = new SpareArrays();

    @Test
    void theShortestThatIsLongEnoughIsUsedAgain() {
        byte[] longer = new byte[1_100];
        byte[] longest = new byte[1_125];
        byte[] tooLong = new byte[1_126];
        byte[] tooShort = new byte[999];
        for (byte[] array : List.of(longest, tooLong, longer, tooShort)) spare.add(array);
        assertThat(spare.atLeast(1_000)).isSameAs(longer);
        assertThat(spare.atLeast(1_000)).isSameAs(longest);
        assertThat(spare.atLeast(1_000)).hasSize(1_000).isNotSameAs(tooLong);
        assertThat(spare.atLeast(999)).isSameAs(tooShort);
        assertThat(spare.atLeast(1_126)).isSameAs(tooLong);
    }

    @Test
    void nobodyGetsWhatAnotherHas() {
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 10; i++) arrays.add(new byte[500]);
        arrays.forEach(spare::add);
        for (int left = 9; left >= 0; left--) {
            arrays.remove(spare.atLeast(500));
            assertThat(arrays).hasSize(left);
        }
        assertThat(spare.size()).isZero();
        assertThat(spare.atLeast(500)).hasSize(500);
    }

    @Test
    void anyLengthCanBeAskedFor() {
        byte[] array = new byte[10];
        spare.add(array);
        assertThat(spare.atLeast(10)).isSameAs(array);
        assertThat(spare.atLeast(0)).isEmpty();
    }

    @Test
    void theCollectorTakesThem() {
        WeakReference<byte[]> watched = new WeakReference<>(new byte[100]);
        spare.add(watched.get());
        while (!watched.refersTo(null)) System.gc();
        assertThat(spare.atLeast(100)).hasSize(100);
    }

    @Test
    void thereIsAnEndToHowManyAreKnown() {
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 3 * SpareArrays.MAX; i++) {
            byte[] array = new byte[100 + i % 7];
            arrays.add(array);
            spare.add(array);
            assertThat(spare.size()).isBetween(1, SpareArrays.MAX);
        }
        assertThat(arrays.contains(spare.atLeast(100))).isTrue();
    }

    /** Those that are there stay known when others that the collector has taken are forgotten. */
    @Test
    void whatTheCollectorTookMakesRoom() {
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < 10; i++) kept.add(new byte[200]);
        kept.forEach(spare::add);
        WeakReference<byte[]> last = null;
        while (spare.size() < SpareArrays.MAX) {
            last = new WeakReference<>(new byte[100]);
            spare.add(last.get());
        }
        while (!last.refersTo(null)) System.gc();
        spare.add(new byte[300]);
        assertThat(spare.size()).isLessThan(SpareArrays.MAX / 2);
        assertThat(spare.atLeast(200)).isSameAs(kept.get(0));
    }
}
