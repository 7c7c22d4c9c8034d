package io.sluice.admin;

import io.sluice.admin.access.Network;
import io.sluice.daemon.CommonOptions;
import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.DaemonOptions;
import io.sluice.daemon.GoDuration;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.StartException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of nsqadmin. */
@Command
public final class AdminOptions implements DaemonOptions {
    @Mixin CommonOptions common = new CommonOptions();

    @Mixin LaterOptions later = new LaterOptions();

    @Mixin AccessOptions access = new AccessOptions();

    @Option(
            names = "--http-address",
            defaultValue = "127.0.0.1:4171",
            converter = HostAndPort.Converter.class,
            description = "<addr>:<port> to listen on for browsers")
    HostAndPort httpAddress;

    @ConfigKey("nsqlookupd_http_addresses")
    @Option(
            names = "--lookupd-http-address",
            converter = HostAndPort.Converter.class,
            description = "lookupd HTTP address (may be given multiple times)")
    List<HostAndPort> lookupdHttpAddresses = new ArrayList<>();

    @ConfigKey("nsqd_http_addresses")
    @Option(
            names = "--nsqd-http-address",
            converter = HostAndPort.Converter.class,
            description = "nsqd HTTP address (may be given multiple times)")
    List<HostAndPort> nsqdHttpAddresses = new ArrayList<>();

    @Option(
            names = "--http-client-connect-timeout",
            defaultValue = "2s",
            converter = GoDuration.class,
            description = "timeout for connecting to a daemon")
    Duration httpClientConnectTimeout;

    @Option(
            names = "--http-client-request-timeout",
            defaultValue = "5s",
            converter = GoDuration.class,
            description = "timeout for an answer of a daemon")
    Duration httpClientRequestTimeout;

    @Option(names = "--base-path", defaultValue = "/", description = "URL base path")
    String basePath;

    @Option(
            names = "--dev-static-dir",
            defaultValue = "",
            description = "folder to serve the page's files from")
    String devStaticDir;

    @Option(
            names = "--notification-http-endpoint",
            defaultValue = "",
            description = "URL that is told of every action")
    String notificationHttpEndpoint;

    @Option(
            names = "--allow-config-from-cidr",
            defaultValue = "127.0.0.1/8",
            description = "network that may use /config; empty for everybody")
    String allowConfigFromCidr;

    /** The folder of the page's files; null when they are in the jar. */
    Path devStaticDir() {
        return devStaticDir.isEmpty() ? null : Path.of(devStaticDir);
    }

    /** Who may use /config; null for everybody. */
    Network configNetwork() {
        if (allowConfigFromCidr.isEmpty()) return null;
        return AccessOptions.network("--allow-config-from-cidr", allowConfigFromCidr);
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void validate() {
        boolean lookupd = !lookupdHttpAddresses.isEmpty();
        boolean nsqd = !nsqdHttpAddresses.isEmpty();
        if (!lookupd && !nsqd) {
            throw new StartException(
                    "--nsqd-http-address or --lookupd-http-address required", null);
        }
        if (lookupd && nsqd) {
            throw new StartException(
                    "use --nsqd-http-address or --lookupd-http-address not both", null);
        }
        resolve("--lookupd-http-address", lookupdHttpAddresses);
        resolve("--nsqd-http-address", nsqdHttpAddresses);
        access.validate();
        configNetwork();
        milliseconds("--http-client-connect-timeout", httpClientConnectTimeout);
        milliseconds("--http-client-request-timeout", httpClientRequestTimeout);
    }

    private static void resolve(String flag, List<HostAndPort> addresses) {
        for (HostAndPort address : addresses) {
            if (new InetSocketAddress(address.bindHost(), address.port()).isUnresolved()) {
                throw StartException.badFlag(flag, address + ": the name does not resolve");
            }
        }
    }

    private static void milliseconds(String flag, Duration value) {
        if (value.toMillis() >= 1 && value.toMillis() <= Integer.MAX_VALUE) return;
        throw StartException.badFlag(flag, "must be 1ms to 596h, not " + GoDuration.format(value));
    }
}
