package io.sluice.admin;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.CRC32C;

/** The files of the page: read once, and sent again only when they have changed. */
final class WebPage {
    /** A page of our own files and nothing else, in no one else's frame. */
    static final Map<String, String> SECURITY_HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                            + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Opener-Policy",
                    "same-origin");

    private WebPage() {}

    static void addTo(ApiRouter router) {
        add(router, "/", "index.html", "text/html; charset=utf-8");
        add(router, "/static/app.js", "app.js", "text/javascript; charset=utf-8");
        add(router, "/static/style.css", "style.css", "text/css; charset=utf-8");
        add(router, "/static/icon.svg", "icon.svg", "image/svg+xml");
    }

    private static void add(ApiRouter router, String path, String file, String contentType) {
        byte[] content = read("/web/" + file);
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        String tag = "\"" + Long.toHexString(checksum.getValue()) + "\"";
        router.get(path, request -> answer(request, Buffer.buffer(content), contentType, tag));
    }

    private static Answer answer(ApiRequest request, Buffer content, String type, String tag) {
        boolean known = tag.equals(request.http().getHeader("If-None-Match"));
        Answer answer = known ? Answer.plain(304, "") : Answer.bytes(200, type, content);
        return answer.header("ETag", tag).header("Cache-Control", "no-cache");
    }

    private static byte[] read(String resource) {
        try (InputStream in = WebPage.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
