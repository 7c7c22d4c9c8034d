package io.sluice.admin;

import io.sluice.admin.access.Network;
import io.sluice.daemon.Changeable;
import io.sluice.daemon.CommonOptions;
import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.DaemonOptions;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.StartException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of nsqadmin. */
@Command
public final class AdminOptions implements DaemonOptions {
    @Mixin CommonOptions common = new CommonOptions();

    @Mixin UpstreamOptions upstream = new UpstreamOptions();

    @Mixin GraphiteOptions graphite = new GraphiteOptions();

    @Mixin AccessOptions access = new AccessOptions();

    @Option(
            names = "--http-address",
            defaultValue = "127.0.0.1:4171",
            converter = HostAndPort.Converter.class,
            description = "<addr>:<port> to listen on for browsers")
    HostAndPort httpAddress;

    @Changeable
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
        upstream.validate();
        graphite.validate();
    }

    private static void resolve(String flag, List<HostAndPort> addresses) {
        for (HostAndPort address : addresses) {
            if (new InetSocketAddress(address.bindHost(), address.port()).isUnresolved()) {
                throw StartException.badFlag(flag, address + ": the name does not resolve");
            }
        }
    }
}
