package io.sluice.nsqd.net;

import static io.sluice.protocol.ErrorCode.E_AUTH_DISABLED;
import static io.sluice.protocol.ErrorCode.E_AUTH_FAILED;
import static io.sluice.protocol.ErrorCode.E_AUTH_FIRST;
import static io.sluice.protocol.ErrorCode.E_INVALID;
import static io.sluice.protocol.ErrorCode.E_UNAUTHORIZED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.nsqd.auth.AuthQuestion;
import io.sluice.nsqd.auth.AuthServers;
import io.sluice.nsqd.auth.Grants;
import io.sluice.nsqd.core.ClientLink;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.TopicName;
import io.vertx.core.net.SocketAddress;
import java.util.HashSet;
import java.util.Set;

/**
 * What one client may do, in the word of the auth servers. While they are asked its commands wait;
 * the loop does not.
 */
final class Authority {
    private static final long NS_PER_S = 1_000_000_000L;

    /** Topics of which it is remembered that the client may publish to them. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Connection connection;

    /** Null when everybody may do everything. */
    private final AuthServers servers;

    private final String remoteIp;
    private final Set<TopicName> publishes = new HashSet<>();
    private boolean tls;
    private String commonName = "";
    private String secret;
    private Grants grants;
    private long expiresNs;
    private boolean asking;

    Authority(Connection connection, AuthServers servers, SocketAddress remote) {
        this.connection = connection;
        this.servers = servers;
        // A peer on the same machine, without an address.
        this.remoteIp = remote.hostAddress() == null ? "" : remote.hostAddress();
    }

    /** The connection is encrypted, and its client has shown this name; empty for none. */
    void secured(String shownName) {
        tls = true;
        commonName = shownName;
    }

    /** True while an answer is waited for. */
    boolean isAsking() {
        return asking;
    }

    /** AUTH: asks who this is, and answers when that is known. */
    void authenticate(Bytes newSecret) {
        if (grants != null) throw E_INVALID.because("AUTH already set");
        if (servers == null) throw E_AUTH_DISABLED.because("AUTH disabled");
        secret = newSecret.utf8();
        ask(this::answer);
    }

    private void answer() {
        if (grants.count() == 0) throw E_UNAUTHORIZED.because("AUTH no authorizations found");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("identity", grants.identity());
        json.put("identity_url", grants.identityUrl());
        json.put("permission_count", grants.count());
        connection.answer(new Frame.Response(Bytes.utf8(json.toString())));
    }

    /**
     * Whether a command may be carried out. When what was granted has run out the answer is false,
     * and the command is taken again when the servers have been asked anew.
     *
     * @throws io.sluice.protocol.ProtocolException when it may not
     */
    boolean lets(Command command) {
        if (servers == null) return true;
        if (command instanceof Command.Pub c) return publish(command, "PUB", c.topic());
        if (command instanceof Command.Mpub c) return publish(command, "MPUB", c.topic());
        if (command instanceof Command.Dpub c) return publish(command, "DPUB", c.topic());
        if (command instanceof Command.Sub c) return subscribe(c);
        return true;
    }

    private boolean subscribe(Command.Sub c) {
        if (!isFresh(c, "SUB")) return false;
        if (grants.maySubscribe(c.topic().value(), c.channel().value())) return true;
        throw unauthorized("SUB", c.topic(), c.channel());
    }

    private boolean publish(Command command, String verb, TopicName topic) {
        if (!isFresh(command, verb)) return false;
        if (publishes.contains(topic)) return true;
        if (!grants.mayPublish(topic.value())) throw unauthorized(verb, topic, null);
        if (publishes.size() < MAX_REMEMBERED) publishes.add(topic);
        return true;
    }

    private boolean isFresh(Command command, String verb) {
        if (grants == null) throw E_AUTH_FIRST.because("AUTH required before " + verb);
        if (connection.home().nowNs() < expiresNs) return true;
        ask(() -> connection.take(command));
        return false;
    }

    private static RuntimeException unauthorized(
            String verb, TopicName topic, ChannelName channel) {
        String shown = channel == null ? "" : channel.value();
        return E_UNAUTHORIZED.because(
                "AUTH failed for " + verb + " on \"" + topic + "\" \"" + shown + "\"");
    }

    private void ask(Runnable next) {
        asking = true;
        CoreLoop home = connection.home();
        servers.ask(new AuthQuestion(remoteIp, tls, commonName, secret))
                .onComplete(
                        result ->
                                home.run(
                                        () -> {
                                            asking = false;
                                            connection.goOn(() -> take(result.result(), next));
                                        }));
    }

    private void take(Grants newGrants, Runnable next) {
        // Why it failed is nothing for clients.
        if (newGrants == null) throw E_AUTH_FAILED.because("AUTH failed");
        grants = newGrants;
        publishes.clear();
        expiresNs = connection.home().nowNs() + grants.ttlSeconds() * NS_PER_S;
        connection.known(new ClientLink.Identity(grants.identity(), grants.identityUrl()));
        next.run();
    }
}
