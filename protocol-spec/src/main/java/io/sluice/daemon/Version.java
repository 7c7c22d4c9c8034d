package io.sluice.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the daemons say when asked for their version: first the version of NSQ they behave like,
 * then, as build metadata, their own. Tools that compare versions see only the first.
 */
public final class Version {
    /** The version of NSQ whose protocol is spoken. */
    public static final String PROTOCOL = "1.3.0";

    /** The whole version, as in {@code 1.3.0+sluice.0.1.0}. */
    public static final String FULL = PROTOCOL + "+sluice." + own();

    private Version() {}

    /** The line that {@code --version} prints. */
    public static String line(String program) {
        return program + " v" + FULL + " (built w/java17)";
    }

    private static String own() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
