package io.sluice.lookupd;

import io.sluice.daemon.Changeable;
import io.sluice.daemon.CommonOptions;
import io.sluice.daemon.DaemonOptions;
import io.sluice.daemon.GoDuration;
import io.sluice.daemon.Hostname;
import io.sluice.daemon.HttpOptions;
import io.sluice.daemon.ListenAddress;
import io.sluice.daemon.StartException;
import io.sluice.daemon.debug.DebugOptions;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of nsqlookupd. */
@Command
public final class LookupdOptions implements DaemonOptions {
    @Mixin CommonOptions common = new CommonOptions();

    @Mixin DebugOptions debug = new DebugOptions();

    @Mixin HttpOptions http = new HttpOptions();

    @Option(
            names = "--tcp-address",
            defaultValue = "0.0.0.0:4160",
            converter = ListenAddress.Converter.class,
            description = "<addr>:<port>, or path of a unix socket, to listen on for nsqd")
    ListenAddress tcpAddress;

    @Option(
            names = "--http-address",
            defaultValue = "0.0.0.0:4161",
            converter = ListenAddress.Converter.class,
            description = "<addr>:<port>, or path of a unix socket, to listen on for HTTP clients")
    ListenAddress httpAddress;

    @Option(
            names = "--broadcast-address",
            description = "address of this node as nsqd is told (default is the OS hostname)")
    String broadcastAddress = Hostname.get();

    @Changeable
    @Option(
            names = "--inactive-producer-timeout",
            defaultValue = "5m",
            converter = GoDuration.class,
            description = "how long a producer is shown after its last ping")
    Duration inactiveProducerTimeout;

    @Changeable
    @Option(
            names = "--tombstone-lifetime",
            defaultValue = "45s",
            converter = GoDuration.class,
            description = "how long a producer stays tombstoned while it is registered")
    Duration tombstoneLifetime;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void validate() {
        http.validate();
        notNegative("--inactive-producer-timeout", inactiveProducerTimeout);
        notNegative("--tombstone-lifetime", tombstoneLifetime);
        if (broadcastAddress.isEmpty()) {
            throw StartException.badFlag("--broadcast-address", "must not be empty");
        }
    }

    private static void notNegative(String flag, Duration duration) {
        if (duration.isNegative()) throw StartException.badFlag(flag, "must not be negative");
    }
}
