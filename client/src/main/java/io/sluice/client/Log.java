package io.sluice.client;

/** The library's one logger. */
final class Log {
    static final System.Logger LOGGER = System.getLogger("io.sluice.client");

    private Log() {}
}
