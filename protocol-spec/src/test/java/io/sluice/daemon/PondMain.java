package io.sluice.daemon;

/** A pond in a process of its own, for what only a process can show. */
final class PondMain {
    private PondMain() {}

    public static void main(String[] args) {
        Launcher.main(() -> new Pond("pond"), args);
    }
}
