package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyBatchTest {
    @Test
    void bodiesOfEverySizeComeOutAsTheyWentIn() {
        List<Bytes> bodies = new ArrayList<>();
        for (int size = 1; size < 3_000; size += 7) bodies.add(body(size));
        assertThat(batched(bodies)).isEqualTo(bodies);
    }

    @Test
    void aBodyAloneIsTheSameAndSharesNothing() {
        Bytes shared = batched(List.of(body(10), body(20), body(30))).get(1);
        Bytes alone = shared.alone();
        assertThat(alone).isNotSameAs(shared).isEqualTo(shared).hasSameHashCodeAs(shared);
        assertThat(alone.alone()).isSameAs(alone);
        assertThat(alone.toArray()).isEqualTo(body(20).toArray());
    }

    @Test
    void aPartShowsNothingOfItsNeighbours() {
        Bytes part =
                batched(List.of(Bytes.utf8("left"), Bytes.utf8("mid"), Bytes.utf8("right"))).get(1);
        assertThat(part.length()).isEqualTo(3);
        assertThat(part.utf8()).isEqualTo("mid");
        assertThat(part.at(2)).isEqualTo((byte) 'd');
        assertThat(part.toBuffer()).isEqualTo(ByteBuffer.wrap("mid".getBytes()));
        ByteBuffer out = ByteBuffer.allocate(3);
        part.putTo(out);
        assertThat(out.array()).isEqualTo("mid".getBytes());
        assertThat(part).isEqualTo(Bytes.utf8("mid")).isNotEqualTo(Bytes.utf8("left"));
        assertThat(part).hasSameHashCodeAs(Bytes.utf8("mid"));
    }

    private static List<Bytes> batched(List<Bytes> bodies) {
        int bytes = bodies.stream().mapToInt(Bytes::length).sum();
        ByteBuffer in = ByteBuffer.allocate(bytes);
        bodies.forEach(body -> body.putTo(in));
        in.flip();
        BodyBatch batch = new BodyBatch(bodies.size(), bytes);
        for (Bytes body : bodies) batch.take(in, body.length());
        assertThat(in.hasRemaining()).isFalse();
        return batch.bodies();
    }

    private static Bytes body(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = (byte) (size + i);
        return Bytes.wrap(bytes);
    }
}
