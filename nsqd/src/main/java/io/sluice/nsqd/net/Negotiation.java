package io.sluice.nsqd.net;

import static io.sluice.protocol.ErrorCode.E_BAD_BODY;
import static io.sluice.protocol.ErrorCode.E_IDENTIFY_FAILED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.daemon.HostAndPort;
import io.sluice.nsqd.core.ClientLink;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Frame;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** IDENTIFY: from JSON to {@link ClientSettings}, within what the daemon allows, and back. */
final class Negotiation {
    /** The address of a client of a unix socket, as Go shows it: it has no name. */
    private static final String ON_THIS_HOST = "@";

    private static final int MIN_HEARTBEAT_MS = 1_000;
    private static final int MIN_OUTPUT_BUFFER_SIZE = 64;
    private static final int MIN_MSG_TIMEOUT_MS = 1_000;
    private static final int MAX_SAMPLE_RATE = 99;
    private static final int DEFLATE_LEVEL = 6;

    private final Access access;
    private volatile ConnectionSettings allowed;
    private final AtomicLong connections = new AtomicLong();

    Negotiation(ConnectionSettings allowed, Access access) {
        this.allowed = allowed;
        this.access = access;
    }

    void use(ConnectionSettings settings) {
        allowed = settings;
    }

    Access access() {
        return access;
    }

    Authority authority(Connection connection, SocketAddress remote) {
        return new Authority(connection, access.authServers(), remote);
    }

    CommandReader reader(BodyArrays arrays) {
        return new CommandReader(allowed.limits(), access.tlsRequired(), arrays);
    }

    /** What holds for a client that has not introduced itself. */
    ClientSettings initial(SocketAddress remote, long nowNs) {
        String host = remote.isInetSocket() ? remote.hostAddress() : "";
        return new ClientSettings(
                connections.incrementAndGet(),
                nowNs,
                remote.isInetSocket() ? address(host, remote.port()) : ON_THIS_HOST,
                host,
                host,
                "",
                "",
                "",
                ConnectionSettings.HEARTBEAT_MS,
                ConnectionSettings.OUTPUT_BUFFER_SIZE,
                allowed.outputBufferTimeoutMs(),
                allowed.msgTimeoutMs(),
                0,
                ClientLink.PLAIN);
    }

    private static String address(String host, int port) {
        return new HostAndPort(host, port).toString();
    }

    /** The settings as the client wants them; checked in the order in which nsqd does it. */
    ClientSettings identify(IdentifyBody body, ClientSettings now) {
        int heartbeatMs = heartbeat(body.heartbeatInterval(), now.heartbeatMs());
        int timeoutMs = bufferTimeout(body.outputBufferTimeout(), now.outputBufferTimeoutMs());
        int bufferSize = bufferSize(body.outputBufferSize(), now.outputBufferSize());
        int sampleRate = sampleRate(body.sampleRate());
        int msgTimeoutMs = msgTimeout(body.msgTimeout(), now.msgTimeoutMs());
        boolean unbuffered = body.outputBufferSize() == -1;
        return new ClientSettings(
                now.connection(),
                now.connectedNs(),
                now.remoteAddress(),
                body.clientId(),
                body.hostname(),
                body.userAgent(),
                body.topologyRegion(),
                body.topologyZone(),
                heartbeatMs,
                bufferSize,
                unbuffered ? 0 : timeoutMs,
                msgTimeoutMs,
                sampleRate,
                now.link());
    }

    private int heartbeat(long asked, int now) {
        if (asked == 0) return now;
        if (asked == -1) return -1;
        return within(asked, MIN_HEARTBEAT_MS, allowed.maxHeartbeatMs(), "heartbeat interval");
    }

    private int bufferTimeout(long asked, int now) {
        if (asked == 0) return now;
        if (asked == -1) return 0;
        int min = allowed.minOutputBufferTimeoutMs();
        return within(asked, min, allowed.maxOutputBufferTimeoutMs(), "output buffer timeout");
    }

    private int bufferSize(long asked, int now) {
        if (asked == 0) return now;
        if (asked == -1) return 1;
        int max = allowed.maxOutputBufferSize();
        return within(asked, MIN_OUTPUT_BUFFER_SIZE, max, "output buffer size");
    }

    private static int sampleRate(long asked) {
        return within(asked, 0, MAX_SAMPLE_RATE, "sample rate");
    }

    private int msgTimeout(long asked, int now) {
        if (asked == 0) return now;
        return within(asked, MIN_MSG_TIMEOUT_MS, allowed.maxMsgTimeoutMs(), "msg timeout");
    }

    private static int within(long asked, int min, int max, String what) {
        if (asked >= min && asked <= max) return (int) asked;
        throw E_BAD_BODY.because("IDENTIFY " + what + " (" + asked + ") is invalid");
    }

    /**
     * What the connection is to go through, of what the client wants and does not have yet: layers
     * are put on once.
     */
    Layers layers(IdentifyBody asked, ClientLink now) {
        if (!asked.featureNegotiation()) return Layers.NONE;
        boolean deflate = asked.deflate() && allowed.deflate();
        boolean snappy = asked.snappy() && allowed.snappy();
        if (deflate && snappy) {
            throw E_IDENTIFY_FAILED.because("cannot enable both deflate and snappy compression");
        }
        boolean isPlain = now.tls() == null && !now.deflate() && !now.snappy();
        if (!isPlain) return Layers.NONE;
        boolean tls = asked.tlsV1() && access.tls() != null;
        return new Layers(tls, snappy, deflate ? deflateLevel(asked.deflateLevel()) : 0);
    }

    private int deflateLevel(long asked) {
        return (int) Math.min(asked > 0 ? asked : DEFLATE_LEVEL, allowed.maxDeflateLevel());
    }

    /** What the client is told: a plain OK unless it wants to negotiate. */
    Frame answer(IdentifyBody asked, ClientSettings settings, Layers layers) {
        if (!asked.featureNegotiation()) return Frame.OK;
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("max_rdy_count", allowed.limits().maxReadyCount());
        answer.put("version", allowed.version());
        answer.put("max_msg_timeout", allowed.maxMsgTimeoutMs());
        answer.put("msg_timeout", settings.msgTimeoutMs());
        answer.put("tls_v1", layers.tls());
        answer.put("deflate", layers.deflate());
        answer.put("deflate_level", layers.deflate() ? layers.deflateLevel() : deflateLevel(0));
        answer.put("max_deflate_level", allowed.maxDeflateLevel());
        answer.put("snappy", layers.snappy());
        answer.put("sample_rate", settings.sampleRate());
        answer.put("auth_required", access.authServers() != null);
        answer.put("output_buffer_size", settings.outputBufferSize());
        answer.put("output_buffer_timeout", settings.outputBufferTimeoutMs());
        answer.put("topology_region", allowed.topologyRegion());
        answer.put("topology_zone", allowed.topologyZone());
        return new Frame.Response(Bytes.utf8(answer.toString()));
    }
}
