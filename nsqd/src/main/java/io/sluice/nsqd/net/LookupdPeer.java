package io.sluice.nsqd.net;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.LookupCommand;
import io.sluice.protocol.LookupCommandCodec;
import io.sluice.protocol.ProtocolException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * The long-lived connection to one lookup node. It asks one thing at a time. When it is lost it is
 * made again, with pauses that grow, and everything is registered anew.
 */
final class LookupdPeer {
    private static final System.Logger LOG = System.getLogger(LookupdPeer.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PING_MS = 15_000;
    private static final int ANSWER_MS = 5_000;
    private static final int FIRST_RETRY_MS = 250;
    private static final int MAX_RETRY_MS = 15_000;
    private static final int MAX_ANSWER_BYTES = 5_242_880;

    /**
     * Commands that may wait for a node that is slow to answer, beyond what there was to register
     * when it connected. A reconnect needs none of them.
     */
    private static final int QUEUE_LIMIT = 100_000;

    private final HostAndPort address;
    private final LookupCommand.Identify identify;
    private final Supplier<List<LookupCommand>> registrations;
    private final Vertx vertx;
    private final NetClient client;
    private final LookupCommandCodec codec = new LookupCommandCodec(MAX_ANSWER_BYTES);
    private final InputBuffer input = new InputBuffer(BodyArrays.NEW);
    private final Queue<LookupCommand> waiting = new ArrayDeque<>();
    private NetSocket socket;
    private LookupCommand asked;
    private int registered;
    private HostAndPort http;
    private long answerTimer = -1;
    private long pingTimer = -1;
    private int retryMs = FIRST_RETRY_MS;
    private boolean closed;

    /**
     * @param client makes connections; lives on the loop that this peer is used on
     * @param registrations all that there is to register, at the time of the call
     */
    LookupdPeer(
            HostAndPort address,
            LookupCommand.Identify identify,
            Supplier<List<LookupCommand>> registrations,
            Vertx vertx,
            NetClient client) {
        this.address = address;
        this.identify = identify;
        this.registrations = registrations;
        this.vertx = vertx;
        this.client = client;
    }

    void start() {
        pingTimer = vertx.setPeriodic(PING_MS, id -> tell(new LookupCommand.Ping()));
        connect();
    }

    /** Where its HTTP API is; null until it has said so, and while it is away. */
    HostAndPort http() {
        return http;
    }

    /** Tells the node; nothing is kept for one that is away, since it will be told everything. */
    void tell(LookupCommand command) {
        if (http == null) return;
        if (waiting.size() >= QUEUE_LIMIT + registered) {
            lost("does not keep up with " + QUEUE_LIMIT + " commands");
            return;
        }
        waiting.add(command);
        askNext();
    }

    private void connect() {
        client.connect(address.port(), address.host())
                .onSuccess(this::connected)
                .onFailure(e -> lost(e.getMessage()));
    }

    private void connected(NetSocket connected) {
        if (closed) {
            connected.close();
            return;
        }
        socket = connected;
        connected.handler(chunk -> received(connected, chunk));
        connected.exceptionHandler(e -> lost(connected, e.getMessage()));
        connected.closeHandler(v -> lost(connected, "connection closed"));
        connected.write(Buffer.buffer(LookupCommandCodec.MAGIC.toArray()));
        waiting.add(identify);
        askNext();
    }

    private void askNext() {
        if (asked != null || waiting.isEmpty()) return;
        asked = waiting.remove();
        socket.write(Buffer.buffer(LookupCommandCodec.encode(asked).array()));
        answerTimer = vertx.setTimer(ANSWER_MS, id -> lost("no answer in " + ANSWER_MS + " ms"));
    }

    private void received(NetSocket from, Buffer chunk) {
        if (from != socket) return;
        input.add(chunk);
        ByteBuffer in = input.unread();
        try {
            Bytes answer;
            while (from == socket && (answer = codec.decodeAnswer(in)) != null) answered(answer);
        } catch (ProtocolException e) {
            lost(e.getMessage());
        }
        input.trim();
    }

    private void answered(Bytes answer) {
        vertx.cancelTimer(answerTimer);
        LookupCommand command = asked;
        asked = null;
        String text = answer.utf8();
        if (command == null || text.startsWith("E_")) {
            lost("answered " + text + " to " + command);
            return;
        }
        if (command instanceof LookupCommand.Identify) identified(answer);
        if (socket != null) askNext();
    }

    private void identified(Bytes answer) {
        try {
            JsonNode node = JSON.readTree(answer.toArray());
            http = new HostAndPort(node.path("broadcast_address").asText(), httpPort(node));
        } catch (JacksonException | IllegalArgumentException e) {
            lost("answered IDENTIFY with " + answer);
            return;
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
        retryMs = FIRST_RETRY_MS;
        LOG.log(System.Logger.Level.INFO, "LOOKUPD({0}): registered", address);
        List<LookupCommand> all = registrations.get();
        registered = all.size();
        waiting.addAll(all);
    }

    private static int httpPort(JsonNode node) {
        return node.path("http_port").asInt(-1);
    }

    private void lost(NetSocket connection, String why) {
        if (socket == connection) lost(why);
    }

    private void lost(String why) {
        if (closed) return;
        LOG.log(
                System.Logger.Level.WARNING,
                "LOOKUPD({0}): {1}; next try in {2} ms",
                address,
                why,
                retryMs);
        reset();
        vertx.setTimer(retryMs, id -> retry());
        retryMs = Math.min(2 * retryMs, MAX_RETRY_MS);
    }

    private void retry() {
        if (!closed) connect();
    }

    private void reset() {
        vertx.cancelTimer(answerTimer);
        NetSocket old = socket;
        socket = null;
        http = null;
        asked = null;
        waiting.clear();
        input.clear();
        if (old != null) old.close();
    }

    /** Says goodbye by closing, as nsqd does: the node forgets this daemon at once. */
    void close() {
        closed = true;
        vertx.cancelTimer(pingTimer);
        reset();
        client.close();
    }
}
