package io.sluice.admin.api;

/** Where everything is served: below the base path, which ends without a slash. */
public record Paths(String base) {
    /** The base path of a flag: it gets a first slash and loses a last one. */
    public static Paths of(String flag) {
        String clean = ("/" + flag).replaceAll("/+", "/").replaceFirst("/$", "");
        return new Paths(clean);
    }

    /** The whole path of one below the base, which starts with a slash. */
    public String at(String path) {
        return path.equals("/") && !base.isEmpty() ? base : base + path;
    }
}
