package io.sluice.daemon.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.sluice.daemon.HttpCounts;
import io.sluice.daemon.Version;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import javax.management.JMException;
import javax.management.ObjectName;

/** What every daemon tells: its process, its JVM and its HTTP server, under the usual names. */
public final class ProcessMetrics {
    private static final String SYSTEM = "java.lang:type=OperatingSystem";
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private ProcessMetrics() {}

    /** The families, of a daemon whose own metrics start with {@code prefix}. */
    public static List<Supplier<MetricSnapshot>> families(String prefix, HttpCounts http) {
        return List.of(
                () ->
                        new Family(prefix + "_build_info", "Version of the daemon; always 1.")
                                .add(1, "version", Version.FULL)
                                .gauge(),
                () ->
                        new Family("process_start_time_seconds", "Unix time of the start.")
                                .add(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3)
                                .gauge(),
                () ->
                        new Family("process_cpu_seconds", "Processor time used.")
                                .add(system("ProcessCpuTime") / 1e9)
                                .counter(),
                () ->
                        new Family("process_resident_memory_bytes", "Memory that is in RAM.")
                                .add(residentBytes())
                                .gauge(),
                () ->
                        new Family("process_open_fds", "Open file descriptors.")
                                .add(system("OpenFileDescriptorCount"))
                                .gauge(),
                () ->
                        new Family("process_max_fds", "Open file descriptors at most.")
                                .add(system("MaxFileDescriptorCount"))
                                .gauge(),
                () -> memory("used", MemoryUsage::getUsed),
                () -> memory("committed", MemoryUsage::getCommitted),
                () -> memory("max", MemoryUsage::getMax),
                ProcessMetrics::collections,
                () ->
                        new Family("jvm_threads_current", "Live threads.")
                                .add(ManagementFactory.getThreadMXBean().getThreadCount())
                                .gauge(),
                () -> answers(prefix, http),
                () ->
                        new Family(prefix + "_http_connections", "Open HTTP connections.")
                                .add(http.open())
                                .gauge(),
                () ->
                        new Family(
                                        prefix + "_http_accepted_connections",
                                        "HTTP connections accepted.")
                                .add(http.connections())
                                .counter(),
                () -> cuts(prefix, http));
    }

    private static MetricSnapshot answers(String prefix, HttpCounts http) {
        Family family = new Family(prefix + "_http_requests", "HTTP requests by status.");
        http.answers().forEach((status, n) -> family.add(n, "code", status.toString()));
        return family.counter();
    }

    private static MetricSnapshot cuts(String prefix, HttpCounts http) {
        Family family =
                new Family(
                        prefix + "_http_cut_connections",
                        "HTTP connections that were cut off, by the reason.");
        http.cuts().forEach((why, n) -> family.add(n, "reason", why.toString()));
        return family.counter();
    }

    private static MetricSnapshot memory(String what, ToLongFunction<MemoryUsage> bytes) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return new Family("jvm_memory_" + what + "_bytes", "Memory of the JVM: " + what + ".")
                .add(bytes.applyAsLong(memory.getHeapMemoryUsage()), "area", "heap")
                .add(bytes.applyAsLong(memory.getNonHeapMemoryUsage()), "area", "nonheap")
                .gauge();
    }

    private static MetricSnapshot collections() {
        SummarySnapshot.Builder family =
                SummarySnapshot.builder()
                        .name("jvm_gc_collection_seconds")
                        .help("Time spent in garbage collections.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            family.dataPoint(
                    SummaryDataPointSnapshot.builder()
                            .labels(Labels.of("gc", collector.getName()))
                            .count(collector.getCollectionCount())
                            .sum(collector.getCollectionTime() / 1e3)
                            .build());
        }
        return family.build();
    }

    private static double system(String attribute) {
        try {
            Object value =
                    ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(new ObjectName(SYSTEM), attribute);
            return ((Number) value).doubleValue();
        } catch (JMException e) {
            // Not on every system; as Prometheus has it for what is not known.
            return Double.NaN;
        }
    }

    private static double residentBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    String kibibytes = line.substring(RESIDENT.length()).replace("kB", "").strip();
                    return Long.parseLong(kibibytes) * 1024.0;
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }
}
