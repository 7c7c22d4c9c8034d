package io.sluice.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every kind that the daemons have. */
@Command
final class PondOptions implements DaemonOptions {
    @Mixin CommonOptions common = new CommonOptions();

    @Option(
            names = "--tcp-address",
            defaultValue = "127.0.0.1:0",
            converter = HostAndPort.Converter.class,
            description = "where the pond is")
    HostAndPort tcpAddress;

    @Option(names = "--data-path", defaultValue = "", description = "where the water is kept")
    String dataPath;

    @Changeable
    @Option(
            names = "--msg-timeout",
            defaultValue = "1m",
            converter = GoDuration.class,
            description = "for a frog to sit")
    Duration msgTimeout;

    @Option(names = "--node-id", defaultValue = "7", description = "number of the pond")
    int nodeId;

    @Option(names = "--deflate", defaultValue = "true", description = "let water out")
    boolean deflate;

    @ConfigKey("nsqlookupd_tcp_addresses")
    @Option(names = "--lookupd-tcp-address", description = "who is told (may come many times)")
    List<String> lookupdTcpAddresses = new ArrayList<>();

    @Option(
            names = "--percentile",
            split = ",",
            converter = DoubleConverter.class,
            description = "percentiles")
    List<Double> percentiles = new ArrayList<>();

    @Option(
            names = "--tls-required",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            description = "true, false or tcp-https")
    String tlsRequired;

    @Option(names = "--snappy", defaultValue = "true", description = "other water")
    boolean snappy;

    @Option(
            names = "--statsd-interval",
            defaultValue = "60s",
            converter = GoDuration.class,
            description = "how often")
    Duration statsdInterval;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void validate() {
        if (nodeId < 0 || nodeId >= 1024) {
            throw StartException.badFlag("--node-id", "must be [0,1024)");
        }
    }

    static final class DoubleConverter implements picocli.CommandLine.ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return Double.valueOf(text);
        }
    }
}
