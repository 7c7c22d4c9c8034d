package io.sluice.nsqd.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.daemon.HostAndPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of curl as the pages of the specification use, so that they can be tried where there is
 * none: {@code -i}, {@code -s}, {@code -X}, {@code -d}, {@code --data-binary} and one URL.
 */
final class Curl {
    private static final int DEADLINE_MS = 30_000;
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern URL = Pattern.compile("(?:http://)?([^/]+)(/.*)");

    private final HostAndPort address;
    private String method;
    private String body;
    private String target;
    private boolean withHead;

    /** Everything goes to this address, whatever host the URL names. */
    private Curl(HostAndPort address) {
        this.address = address;
    }

    /** What {@code curl} with these words prints. */
    static String run(HostAndPort address, String words) {
        Curl curl = new Curl(address);
        curl.read(words(words));
        return curl.output();
    }

    /** The path and query of a GET. */
    static String get(HostAndPort address, String target) {
        return run(address, "'http://x" + target + "'");
    }

    /** The port that a command line names. */
    static int port(String words) {
        for (String word : words(words)) {
            Matcher url = URL.matcher(word);
            if (url.matches()) return HostAndPort.parse(url.group(1)).port();
        }
        throw new IllegalArgumentException("no URL: " + words);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) words.add(word.group(1) == null ? word.group(2) : word.group(1));
        return words;
    }

    private void read(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "curl", "-s" -> {}
                case "-i" -> withHead = true;
                case "-X" -> method = words.get(++i);
                case "-d", "--data-binary" -> body = words.get(++i);
                default -> target = target(words.get(i));
            }
        }
        if (method == null) method = body == null ? "GET" : "POST";
    }

    private static String target(String word) {
        Matcher url = URL.matcher(word);
        if (!url.matches()) throw new IllegalArgumentException("not a URL: " + word);
        return url.group(2);
    }

    private String output() {
        String answer = exchange();
        int end = answer.indexOf("\r\n\r\n") + 4;
        String head = answer.substring(0, end);
        String rest = answer.substring(end);
        boolean chunked = head.toLowerCase().contains("transfer-encoding: chunked");
        String content = utf8(chunked ? unchunked(rest) : rest);
        // Curl itself would have kept the connection.
        String shown = head.replaceFirst("(?i)connection: close\r\n", "").replace("\r", "");
        return withHead ? shown + content : content;
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }

    /** The answer, a character for each byte. */
    private String exchange() {
        byte[] content = body == null ? new byte[0] : body.replace("\\n", "\n").getBytes(UTF_8);
        String head =
                method
                        + " "
                        + target
                        + " HTTP/1.1\r\nHost: "
                        + address
                        + "\r\nConnection: close\r\nContent-Length: "
                        + content.length
                        + "\r\n\r\n";
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout(DEADLINE_MS);
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().write(content);
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unchunked(String chunks) {
        StringBuilder content = new StringBuilder();
        int at = 0;
        while (true) {
            int lineEnd = chunks.indexOf("\r\n", at);
            int length = Integer.parseInt(chunks.substring(at, lineEnd), 16);
            if (length == 0) return content.toString();
            content.append(chunks, lineEnd + 2, lineEnd + 2 + length);
            at = lineEnd + 2 + length + 2;
        }
    }
}
