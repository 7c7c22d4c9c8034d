package io.sluice.examples.bench.wire;

import java.util.Locale;

/**
 * How messages are published.
 *
 * @param batch messages in a command or request; by a command: PUB when it is 1, else MPUB
 * @param window commands or requests without an answer on each connection, at most
 */
public record Publishing(PublishForm form, int connections, int batch, int window, int bodySize) {
    @Override
    public String toString() {
        return String.format(
                "%s %s%d B, %d connection(s) x %d outstanding",
                verb(), batch == 1 ? "" : batch + " x ", bodySize, connections, window);
    }

    private String verb() {
        if (form == PublishForm.COMMAND) return batch == 1 ? "PUB" : "MPUB";
        return "HTTP " + form.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
