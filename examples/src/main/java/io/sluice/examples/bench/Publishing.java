package io.sluice.examples.bench;

/**
 * How messages are published.
 *
 * @param batch messages in a command: PUB when it is 1, else MPUB
 * @param window commands without an answer on each connection, at most
 */
record Publishing(int connections, int batch, int window, int bodySize) {
    @Override
    public String toString() {
        String command = batch == 1 ? "PUB " : "MPUB " + batch + " x ";
        return String.format(
                "%s%d B, %d connection(s) x %d outstanding",
                command, bodySize, connections, window);
    }
}
