package io.sluice.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes bytes that are wrong in interesting ways. The same random gives the same bytes. */
final class HostileInput {
    private static final int[] SIZES = {
        0,
        1,
        -1,
        2,
        4,
        5,
        8,
        24,
        25,
        26,
        255,
        256,
        65_536,
        1_048_576,
        1_048_577,
        5_242_880,
        5_242_881,
        Integer.MAX_VALUE - 4,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE
    };
    private static final String[] WORDS = {
        "IDENTIFY",
        "AUTH",
        "SUB",
        "PUB",
        "MPUB",
        "DPUB",
        "RDY",
        "FIN",
        "REQ",
        "TOUCH",
        "CLS",
        "NOP",
        "REGISTER",
        "UNREGISTER",
        "PING",
        "t",
        "c#ephemeral",
        "a!",
        "0123456789abcdef",
        "0",
        "1",
        "-1",
        "2500",
        "2501",
        "3600000",
        "18446744073709551617",
        "x".repeat(64),
        "y".repeat(65),
        "\r",
        "\n",
        "\n",
        "\n",
        " ",
        " ",
        "\r\n",
        "\t",
        "é",
        "\0"
    };

    private final Random random;

    HostileInput(Random random) {
        this.random = random;
    }

    /** Nothing but chance. */
    byte[] noise() {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Words of the protocol, sizes and bits of bodies in any order. */
    byte[] babble() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int pieces = random.nextInt(20);
        for (int i = 0; i < pieces; i++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> out.writeBytes(utf8(WORDS[random.nextInt(WORDS.length)] + " "));
                case 3, 4 -> out.writeBytes(utf8(WORDS[random.nextInt(WORDS.length)] + "\n"));
                case 5 -> out.writeBytes(utf8(WORDS[random.nextInt(WORDS.length)]));
                case 6 -> out.writeBytes(size());
                default -> out.writeBytes(new byte[random.nextInt(9)]);
            }
        }
        return out.toByteArray();
    }

    /** A vector, or the halves of two, with some bytes changed, lost or doubled. */
    byte[] mutated(List<byte[]> vectors) {
        byte[] bytes = vectors.get(random.nextInt(vectors.size())).clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes = spliced(bytes, at, new byte[0], at + 1);
                case 2 -> bytes = spliced(bytes, at, size(), Math.min(bytes.length, at + 4));
                case 3 -> bytes = spliced(bytes, at, utf8(" "), at);
                default -> {
                    byte[] other = vectors.get(random.nextInt(vectors.size()));
                    bytes = spliced(bytes, at, other, bytes.length);
                }
            }
        }
        return bytes;
    }

    private byte[] size() {
        int size = random.nextBoolean() ? random.nextInt(12) : SIZES[random.nextInt(SIZES.length)];
        return ByteBuffer.allocate(4).putInt(size).array();
    }

    private static byte[] spliced(byte[] bytes, int from, byte[] between, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(between);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
