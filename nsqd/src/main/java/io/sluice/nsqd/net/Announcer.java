package io.sluice.nsqd.net;

import io.sluice.daemon.HostAndPort;
import io.sluice.nsqd.core.TopologyEvent;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.LookupCommand;
import io.sluice.protocol.TopicName;
import io.vertx.core.net.NetClientOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Tells the lookup nodes what topics and channels there are, and asks them for the channels that a
 * new topic has elsewhere, so that its first message already reaches all of them.
 *
 * <p>It lives on the first loop; events come from all of them.
 */
public final class Announcer implements Consumer<TopologyEvent> {
    private static final int CONNECT_MS = 1_000;

    private final Map<TopicName, Set<ChannelName>> known = new TreeMap<>();
    private final Map<HostAndPort, LookupdPeer> peers = new LinkedHashMap<>();
    private volatile boolean hasLookups;
    private LookupCommand.Identify identify;
    private Loops loops;
    private CoreLoop home;
    private ChannelQuery query;

    /**
     * Gives it its loops, before the first topic can be made.
     *
     * @param connectTimeoutMs of HTTP requests to lookup nodes
     * @param requestTimeoutMs likewise, from connection to the last byte
     */
    public void attach(Loops allLoops, int connectTimeoutMs, int requestTimeoutMs) {
        loops = allLoops;
        home = allLoops.get(0);
        query = new ChannelQuery(home.vertx(), connectTimeoutMs, requestTimeoutMs);
    }

    /** Introduces this daemon to these lookup nodes, in these words. */
    public void connect(List<HostAndPort> lookupds, LookupCommand.Identify words) {
        home.run(() -> identify = words);
        use(lookupds);
    }

    /** Connects to those that are new, and says goodbye to those that are not named any more. */
    public void use(List<HostAndPort> lookupds) {
        hasLookups = !lookupds.isEmpty();
        home.run(
                () -> {
                    for (HostAndPort gone : List.copyOf(peers.keySet())) {
                        if (!lookupds.contains(gone)) peers.remove(gone).close();
                    }
                    for (HostAndPort lookupd : lookupds) peers.computeIfAbsent(lookupd, this::peer);
                });
    }

    /** Whether a new topic may have channels elsewhere. */
    public boolean hasLookups() {
        return hasLookups;
    }

    private LookupdPeer peer(HostAndPort address) {
        NetClientOptions options = new NetClientOptions().setConnectTimeout(CONNECT_MS);
        LookupdPeer peer =
                new LookupdPeer(
                        address,
                        identify,
                        this::registrations,
                        home.vertx(),
                        home.vertx().createNetClient(options));
        peer.start();
        return peer;
    }

    @Override
    public void accept(TopologyEvent event) {
        home.run(() -> handle(event));
    }

    private void handle(TopologyEvent event) {
        if (event instanceof TopologyEvent.TopicCreated e) {
            known.put(e.topic(), new TreeSet<>());
            tell(new LookupCommand.Register(e.topic(), null));
            learnChannels(e.topic());
        } else if (event instanceof TopologyEvent.ChannelCreated e) {
            known.get(e.topic()).add(e.channel());
            tell(new LookupCommand.Register(e.topic(), e.channel()));
        } else if (event instanceof TopologyEvent.ChannelDeleted e) {
            known.get(e.topic()).remove(e.channel());
            tell(new LookupCommand.Unregister(e.topic(), e.channel()));
        } else if (event instanceof TopologyEvent.TopicDeleted e) {
            known.remove(e.topic());
            tell(new LookupCommand.Unregister(e.topic(), null));
        }
    }

    private void tell(LookupCommand command) {
        for (LookupdPeer peer : peers.values()) peer.tell(command);
    }

    private void learnChannels(TopicName topic) {
        List<HostAndPort> nodes = new ArrayList<>();
        for (LookupdPeer peer : peers.values()) {
            HostAndPort http = peer.http();
            // Without a port it cannot be asked: it listens on a unix socket.
            if (http != null && http.port() != 0) nodes.add(http);
        }
        query.channels(topic, nodes).onSuccess(channels -> open(topic, channels));
    }

    private void open(TopicName topic, List<ChannelName> channels) {
        CoreLoop owner = loops.of(topic);
        owner.run(() -> owner.broker().open(topic, channels, owner.nowNs()));
    }

    private List<LookupCommand> registrations() {
        List<LookupCommand> all = new ArrayList<>();
        known.forEach(
                (topic, channels) -> {
                    if (channels.isEmpty()) all.add(new LookupCommand.Register(topic, null));
                    for (ChannelName channel : channels) {
                        all.add(new LookupCommand.Register(topic, channel));
                    }
                });
        return all;
    }

    /** Ends the connections. */
    public void close() {
        home.run(() -> peers.values().forEach(LookupdPeer::close));
    }
}
