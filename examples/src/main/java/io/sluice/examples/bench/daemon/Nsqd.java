package io.sluice.examples.bench.daemon;

import io.sluice.daemon.HostAndPort;
import io.sluice.examples.bench.wire.BenchException;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A daemon by its addresses: anything that has nsqd's protocol and HTTP API. */
public final class Nsqd implements Target {
    private static final Duration HTTP_PATIENCE = Duration.ofSeconds(30);
    private static final long BACKLOG_PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long BACKLOG_POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Pattern VERSION = Pattern.compile("\"version\":\"([^\"]*)\"");
    private static final Pattern DEPTH = Pattern.compile("\"depth\":(\\d+)");
    private static final Pattern BACKEND_DEPTH = Pattern.compile("\"backend_depth\":(\\d+)");

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(HTTP_PATIENCE).build();
    private final InetSocketAddress tcpAddress;
    private final HostAndPort httpAddress;
    private final Optional<ProcessHandle> process;

    /**
     * Opens nothing yet.
     *
     * @param process the daemon's, if it is known
     */
    public Nsqd(
            InetSocketAddress tcpAddress,
            HostAndPort httpAddress,
            Optional<ProcessHandle> process) {
        this.tcpAddress = tcpAddress;
        this.httpAddress = httpAddress;
        this.process = process;
    }

    @Override
    public InetSocketAddress tcpAddress() {
        return tcpAddress;
    }

    @Override
    public InetSocketAddress httpAddress() {
        return new InetSocketAddress(httpAddress.host(), httpAddress.port());
    }

    @Override
    public void create(TopicName topic, List<ChannelName> channels, Level level) {
        String durability = level == Level.DEFAULT ? "" : "&durability=" + level;
        post("/topic/create?topic=" + topic + durability);
        if (level == Level.OS || level == Level.FSYNC) verify(topic, level);
        for (ChannelName channel : channels) {
            post("/channel/create?topic=" + topic + "&channel=" + channel);
        }
    }

    /** NSQ passes over arguments that it does not know. */
    private void verify(TopicName topic, Level level) {
        if (get(stats(topic)).contains("\"durability\":\"" + level + "\"")) return;
        throw new BenchException(httpAddress + " does not know the level " + level);
    }

    @Override
    public void delete(TopicName topic) {
        post("/topic/delete?topic=" + topic);
    }

    @Override
    public void awaitBacklog(TopicName topic, long count, Where where) {
        long startNs = System.nanoTime();
        while (true) {
            String stats = get(stats(topic));
            boolean onDisk = sum(BACKEND_DEPTH, stats) > 0;
            if (onDisk && where == Where.MEMORY) {
                throw new BenchException(
                        "the backlog does not fit in memory: start "
                                + httpAddress
                                + " with a larger --mem-queue-size, or use fewer --messages");
            }
            // The channel comes first, and the topic's own queue flows into it.
            if (first(DEPTH, stats) == count && sum(DEPTH, stats) == count) {
                if (onDisk || where != Where.DISK) return;
                throw new BenchException(
                        "nothing of the backlog is on the disk: start "
                                + httpAddress
                                + " with --mem-queue-size=0");
            }
            if (System.nanoTime() - startNs > BACKLOG_PATIENCE_NS) {
                throw new BenchException(
                        "expected a backlog of " + count + " messages, got " + stats);
            }
            LockSupport.parkNanos(BACKLOG_POLL_NS);
        }
    }

    private static String stats(TopicName topic) {
        return "/stats?format=json&include_clients=false&include_mem=false&topic=" + topic;
    }

    @Override
    public OptionalLong fileBytes() {
        return process.isEmpty() ? OptionalLong.empty() : ProcessFiles.writtenBytes(process.get());
    }

    @Override
    public OptionalLong residentBytes() {
        return process.isEmpty()
                ? OptionalLong.empty()
                : ProcessMemory.residentBytes(process.get());
    }

    @Override
    public Optional<Duration> cpuTime() {
        return process.flatMap(handle -> handle.info().totalCpuDuration());
    }

    @Override
    public String description() {
        Matcher version = VERSION.matcher(get("/info"));
        String command = process.flatMap(p -> p.info().commandLine()).orElse("command unknown");
        return String.format(
                "%s, version %s, pid %s%n    %s",
                tcpAddress,
                version.find() ? version.group(1) : "unknown",
                process.map(p -> Long.toString(p.pid())).orElse("unknown"),
                command);
    }

    private void post(String path) {
        send(request(path).POST(BodyPublishers.noBody()).build());
    }

    private String get(String path) {
        return send(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + httpAddress + path))
                .timeout(HTTP_PATIENCE);
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 200) return response.body();
            throw new BenchException(
                    request.uri() + " answered " + response.statusCode() + " " + response.body());
        } catch (IOException e) {
            throw new BenchException("no answer from " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
    }

    private static long first(Pattern field, String stats) {
        return field.matcher(stats).results().findFirst().map(r -> number(r.group(1))).orElse(-1L);
    }

    private static long sum(Pattern field, String stats) {
        return field.matcher(stats).results().mapToLong(r -> number(r.group(1))).sum();
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
