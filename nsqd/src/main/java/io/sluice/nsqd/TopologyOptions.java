package io.sluice.nsqd;

import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.core.Topology;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Flags of where this daemon is, and whether that matters. */
final class TopologyOptions {
    private static final String AWARE = "topology-aware-consumption";

    @Option(names = "--topology-region", defaultValue = "", description = "region to announce")
    String topologyRegion;

    @Option(names = "--topology-zone", defaultValue = "", description = "zone to announce")
    String topologyZone;

    @ConfigKey("enable_experiment")
    @Option(
            names = "--enable-experiment",
            description = AWARE + ": consumers of this zone first, then of this region")
    List<String> enableExperiment = new ArrayList<>();

    Topology topology() {
        return new Topology(enableExperiment.contains(AWARE), topologyRegion, topologyZone);
    }

    void validate() {
        for (String experiment : enableExperiment) {
            if (experiment.equals(AWARE)) continue;
            throw StartException.badFlag(
                    "--enable-experiment", "must be " + AWARE + ", not " + experiment);
        }
    }
}
