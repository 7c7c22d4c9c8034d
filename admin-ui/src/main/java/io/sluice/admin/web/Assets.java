package io.sluice.admin.web;

import io.sluice.daemon.Answer;
import io.sluice.daemon.HttpError;
import io.sluice.daemon.StartException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the page, read once. Their address holds a checksum over all of them, so a browser
 * keeps them for good, and asks for others when one has changed.
 */
final class Assets {
    static final List<String> SCRIPTS =
            List.of(
                    "app.js",
                    "dom.js",
                    "live.js",
                    "words.js",
                    "parts.js",
                    "chart.js",
                    "actions.js",
                    "messages.js",
                    "transfer.js",
                    "overview.js",
                    "topics.js",
                    "topic.js",
                    "channel.js",
                    "nodes.js",
                    "node.js",
                    "lookup.js",
                    "activity.js",
                    "counter.js",
                    "nowhere.js",
                    "help.js");

    private static final String TREE = "{{tree}}";
    private static final List<String> OTHERS = List.of("style.css", "icon.svg", "index.html");

    private final Map<String, Buffer> files = new LinkedHashMap<>();
    private final Map<String, Buffer> zipped = new HashMap<>();
    private final Path folder;
    private final String version;

    /** {@code folder} is read anew for each request instead of the jar; null to take the jar's. */
    Assets(Path folder) {
        this.folder = folder;
        CRC32C checksum = new CRC32C();
        for (String name : SCRIPTS) files.put(name, read(name));
        for (String name : OTHERS) files.put(name, read(name));
        files.values().forEach(file -> checksum.update(file.getBytes()));
        files.forEach((name, file) -> zipped.put(name, zipped(file)));
        version = Long.toHexString(checksum.getValue());
    }

    private Buffer read(String name) {
        try {
            if (folder != null) return Buffer.buffer(Files.readAllBytes(folder.resolve(name)));
            try (InputStream in = Assets.class.getResourceAsStream("/web/" + name)) {
                return Buffer.buffer(in.readAllBytes());
            }
        } catch (IOException e) {
            if (folder == null) throw new UncheckedIOException(e);
            throw StartException.badFlag("--dev-static-dir", "has no " + name + ": " + e);
        }
    }

    private static Buffer zipped(Buffer content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes());
        } catch (IOException e) {
            throw new AssertionError("writing to memory", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** What stands in an address between {@code /static/} and the name of a file. */
    String version() {
        return version;
    }

    private Buffer content(String name) {
        return folder == null ? files.get(name) : read(name);
    }

    /** The frame of the page, with its {@code {{name}}} filled in, and JSON for its script. */
    Answer page(Map<String, String> values, String tree) {
        String frame = content("index.html").toString();
        int at = frame.indexOf(TREE);
        // In it a name may hold anything, even what ends a script's element.
        String html =
                filled(frame.substring(0, at), values)
                        + tree.replace("<", "\\u003c")
                        + filled(frame.substring(at + TREE.length()), values);
        return Answer.bytes(200, "text/html; charset=utf-8", Buffer.buffer(html))
                .header("Cache-Control", "no-store");
    }

    private static String filled(String text, Map<String, String> values) {
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", escaped(value.getValue()));
        }
        return text;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** One of the files; {@code encodings} is what the browser accepts, and may be null. */
    Answer file(String name, String encodings) {
        if (!files.containsKey(name) || name.equals("index.html")) {
            throw new HttpError(404, "NOT_FOUND");
        }
        String caching = folder == null ? "public, max-age=31536000, immutable" : "no-store";
        boolean zip = folder == null && encodings != null && encodings.contains("gzip");
        Buffer content = zip ? zipped.get(name) : content(name);
        Answer answer = Answer.bytes(200, type(name), content).header("Cache-Control", caching);
        answer.header("Vary", "Accept-Encoding");
        return zip ? answer.header("Content-Encoding", "gzip") : answer;
    }

    private static String type(String name) {
        if (name.endsWith(".js")) return "text/javascript; charset=utf-8";
        return name.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml";
    }
}
