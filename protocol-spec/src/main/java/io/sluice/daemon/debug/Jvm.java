package io.sluice.daemon.debug;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/** What this JVM tells of itself. All of it takes a while: not for an event loop. */
final class Jvm {
    private static final String DIAGNOSTICS = "com.sun.management:type=DiagnosticCommand";
    private static final String HOT_SPOT = "com.sun.management:type=HotSpotDiagnostic";

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Jvm() {}

    /** All threads and where they are. */
    static String threads() {
        return command("threadPrint", "-l");
    }

    /** Objects and their bytes, by class; of those that are in use. */
    static String classHistogram() {
        return command("gcClassHistogram");
    }

    /** The heap, its spaces and the collector. */
    static String heapSummary() {
        return command("gcHeapInfo");
    }

    private static String command(String name, String... args) {
        return (String)
                invoke(
                        DIAGNOSTICS,
                        name,
                        new Object[] {args},
                        new String[] {String[].class.getName()});
    }

    /** Writes what is in use of the heap to a file that must not exist, named {@code .hprof}. */
    static void dumpHeap(Path file) {
        invoke(
                HOT_SPOT,
                "dumpHeap",
                new Object[] {file.toString(), true},
                new String[] {String.class.getName(), boolean.class.getName()});
    }

    private static Object invoke(String bean, String operation, Object[] args, String[] types) {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(bean), operation, args, types);
        } catch (JMException e) {
            throw new IllegalStateException("this JVM does not know " + operation, e);
        }
    }

    /** How many threads there are and were. */
    static String threadCounts() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return "threads %d%ndaemons %d%npeak %d%nstarted %d%n"
                .formatted(
                        threads.getThreadCount(),
                        threads.getDaemonThreadCount(),
                        threads.getPeakThreadCount(),
                        threads.getTotalStartedThreadCount());
    }

    /** How often each thread waited for a lock, and for how long if that is measured. */
    static String blocked() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        StringBuilder text = new StringBuilder("blocked blocked_ms waited waited_ms thread\n");
        for (ThreadInfo thread : threads.dumpAllThreads(false, false)) {
            text.append(thread.getBlockedCount())
                    .append(' ')
                    .append(thread.getBlockedTime())
                    .append(' ')
                    .append(thread.getWaitedCount())
                    .append(' ')
                    .append(thread.getWaitedTime())
                    .append(' ')
                    .append(thread.getThreadName())
                    .append('\n');
        }
        return text.toString();
    }

    /** Measures from now on, or no longer, how long threads wait for locks. */
    static void measureBlocked(boolean on) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (threads.isThreadContentionMonitoringSupported()) {
            threads.setThreadContentionMonitoringEnabled(on);
        }
    }

    /** The command line of this process, its words ended by NUL as in {@code /proc}. */
    static String commandLine() throws IOException {
        if (Files.isReadable(COMMAND_LINE)) return Files.readString(COMMAND_LINE);
        return ProcessHandle.current().info().commandLine().orElse("java");
    }
}
