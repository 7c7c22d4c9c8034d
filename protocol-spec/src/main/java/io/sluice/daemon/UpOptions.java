package io.sluice.daemon;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The flags of {@code sluice up}: where each daemon listens, and where the data is. */
@Command(defaultValueProvider = UpOptions.Quiet.class)
public final class UpOptions implements DaemonOptions {
    @Mixin CommonOptions common = new CommonOptions();

    @Option(
            names = "--nsqlookupd-tcp-address",
            defaultValue = "127.0.0.1:4160",
            converter = HostAndPort.Converter.class,
            paramLabel = "address",
            description = "<addr>:<port> where nsqlookupd listens for nsqd")
    HostAndPort nsqlookupdTcp;

    @Option(
            names = "--nsqlookupd-http-address",
            defaultValue = "127.0.0.1:4161",
            converter = HostAndPort.Converter.class,
            paramLabel = "address",
            description = "<addr>:<port> where nsqlookupd listens for HTTP")
    HostAndPort nsqlookupdHttp;

    @Option(
            names = "--nsqd-tcp-address",
            defaultValue = "127.0.0.1:4150",
            converter = HostAndPort.Converter.class,
            paramLabel = "address",
            description = "<addr>:<port> where nsqd listens for clients")
    HostAndPort nsqdTcp;

    @Option(
            names = "--nsqd-http-address",
            defaultValue = "127.0.0.1:4151",
            converter = HostAndPort.Converter.class,
            paramLabel = "address",
            description = "<addr>:<port> where nsqd listens for HTTP")
    HostAndPort nsqdHttp;

    @Option(
            names = "--nsqadmin-http-address",
            defaultValue = "127.0.0.1:4171",
            converter = HostAndPort.Converter.class,
            paramLabel = "address",
            description = "<addr>:<port> where nsqadmin listens for browsers")
    HostAndPort nsqadminHttp;

    @Option(
            names = "--data-path",
            paramLabel = "folder",
            defaultValue = "sluice-data",
            description = "where nsqd keeps its messages; made if missing")
    Path dataPath;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void validate() {
        if (dataPath.toString().isEmpty()) {
            throw StartException.badFlag("--data-path", "must not be empty");
        }
    }

    /** Keeps the log to what went wrong: what a person wants to know is printed. */
    static final class Quiet implements IDefaultValueProvider {
        @Override
        public String defaultValue(ArgSpec arg) {
            boolean isLogLevel =
                    arg instanceof OptionSpec option && option.longestName().equals("--log-level");
            return isLogLevel ? LogLevel.WARN.toString() : null;
        }
    }
}
