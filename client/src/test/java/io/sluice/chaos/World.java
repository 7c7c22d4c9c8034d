package io.sluice.chaos;

import io.sluice.client.Daemons;
import io.sluice.daemon.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two daemons behind proxies and two lookup nodes, which chance breaks and mends. The daemons are
 * either in this JVM and stop in good order, of which their clients see nothing, or processes that
 * are killed.
 */
final class World implements AutoCloseable {
    private static final int COUNT = 2;
    private static final int MAX_BYTES_TO_CUT = 20_000;

    private final Random random;
    private final Path folder;
    private final boolean mortal;
    private final List<CutProxy> proxies = new ArrayList<>();
    private final List<Running> nsqds = new ArrayList<>();
    private final List<Running> lookupds = new ArrayList<>();
    private final List<Integer> lookupPorts = new ArrayList<>();

    World(Random random, Path folder, boolean mortal) throws IOException {
        this.random = random;
        this.mortal = mortal;
        this.folder = folder;
        for (int i = 0; i < COUNT; i++) {
            lookupds.add(startLookupd(0, 0));
            lookupPorts.add(lookupds.get(i).http().port());
        }
        for (int i = 0; i < COUNT; i++) {
            proxies.add(new CutProxy());
            nsqds.add(null);
            startNsqd(i);
        }
    }

    private static Running startLookupd(int tcpPort, int httpPort) {
        return Daemons.lookupd(
                "--tcp-address=127.0.0.1:" + tcpPort, "--http-address=127.0.0.1:" + httpPort);
    }

    private void startNsqd(int i) throws IOException {
        Path data = Files.createDirectories(folder.resolve("nsqd-" + i));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--broadcast-address=127.0.0.1",
                                "--broadcast-tcp-port=" + proxies.get(i).port(),
                                "--data-path=" + data));
        for (Running lookupd : lookupds) {
            if (lookupd != null) words.add("--lookupd-tcp-address=" + lookupd.tcp());
        }
        // What it has acknowledged has to be on disk when it is killed.
        if (mortal) words.add("--durability=os");
        String[] flags = words.toArray(String[]::new);
        Running nsqd = mortal ? Daemons.mortalNsqd(flags) : Daemons.nsqd(flags);
        nsqds.set(i, nsqd);
        proxies.get(i).target(nsqd.tcp().port());
    }

    List<String> nsqdAddresses() {
        return proxies.stream().map(CutProxy::address).toList();
    }

    List<String> lookupAddresses() {
        return lookupPorts.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    /** Something happens; what, is for the test's report. */
    String happen() throws IOException {
        int i = random.nextInt(COUNT);
        return switch (random.nextInt(4)) {
            case 0 -> {
                proxies.get(i).cut();
                yield "cut " + i;
            }
            case 1 -> {
                int bytes = random.nextInt(MAX_BYTES_TO_CUT);
                proxies.get(i).cutAfter(bytes);
                yield "cut " + i + " after " + bytes;
            }
            case 2 -> toggleNsqd(i);
            default -> toggleLookupd(i);
        };
    }

    /** The clients see a daemon that dies: its own goodbyes do not reach them. */
    private String toggleNsqd(int i) throws IOException {
        if (nsqds.get(i) == null) {
            startNsqd(i);
            return "nsqd " + i + " up";
        }
        proxies.get(i).target(0);
        proxies.get(i).cut();
        nsqds.get(i).stop();
        nsqds.set(i, null);
        return "nsqd " + i + " down";
    }

    private String toggleLookupd(int i) {
        if (lookupds.get(i) == null) {
            lookupds.set(i, startLookupd(0, lookupPorts.get(i)));
            return "lookupd " + i + " up";
        }
        lookupds.get(i).stop();
        lookupds.set(i, null);
        return "lookupd " + i + " down";
    }

    /** All daemons are back; they tell the lookup nodes that are there. */
    void mend() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            if (lookupds.get(i) == null) toggleLookupd(i);
        }
        for (int i = 0; i < COUNT; i++) {
            proxies.get(i).cutAfter(Long.MAX_VALUE);
            if (nsqds.get(i) != null) toggleNsqd(i);
            toggleNsqd(i);
        }
    }

    @Override
    public void close() throws IOException {
        for (CutProxy proxy : proxies) proxy.close();
        for (Running nsqd : nsqds) if (nsqd != null) nsqd.stop();
        for (Running lookupd : lookupds) if (lookupd != null) lookupd.stop();
    }
}
