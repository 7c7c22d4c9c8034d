package io.sluice.nsqd.blackbox;

import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The daemon under test: {@code -Dnsqd.tcp=host:port} or, when that is not given, one of two loops
 * that all tests of this JVM share.
 */
final class Target {
    private static final String TCP = System.getProperty("nsqd.tcp");
    private static final AtomicLong NAMES = new AtomicLong(System.currentTimeMillis());

    private Target() {}

    /** True when the daemon is not ours to start, and perhaps not even Sluice. */
    static boolean isExternal() {
        return TCP != null;
    }

    static HostAndPort tcp() {
        return isExternal() ? HostAndPort.parse(TCP) : Shared.NSQD.tcp();
    }

    /** A topic that no other test uses, in this run or an earlier one. */
    static TopicName newTopic() {
        return new TopicName("t" + NAMES.incrementAndGet());
    }

    /** Likewise, one that never touches the disk. */
    static TopicName newEphemeralTopic() {
        return new TopicName("t" + NAMES.incrementAndGet() + "#ephemeral");
    }

    static final ChannelName CHANNEL = new ChannelName("c");

    /** Started by the first test that needs it; ends with the JVM. */
    private static final class Shared {
        // Of two loops, so that commands have to cross to the owner of their topic, or not.
        static final OwnNsqd NSQD = OwnNsqd.start("--event-loops=2");
    }
}
