package io.sluice.examples.logs;

import io.sluice.client.NsqException;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes the lines of log files as they grow and are rotated: {@code ShipLogs 127.0.0.1:4150
 * logs /var/lib/ship.positions /var/log/app.log /var/log/web.log} runs until it is stopped. It
 * remembers how far it came only when the daemon has said OK, so that each line is published at
 * least once.
 */
public final class ShipLogs {
    private static final int BATCH_BYTES = 1024 * 1024;
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final Producer producer;
    private final String topic;
    private final Positions positions;
    private final Map<Path, LogFollower> followers = new LinkedHashMap<>();

    private ShipLogs(Producer producer, String topic, Positions positions) {
        this.producer = producer;
        this.topic = topic;
        this.positions = positions;
    }

    /** Daemon, topic, file for the positions, log files. */
    public static void main(String[] args) throws IOException {
        Positions positions = new Positions(Path.of(args[2]));
        ProducerOptions options = ProducerOptions.builder().nsqd(args[0]).build();
        try (Producer producer = new Producer(options)) {
            ShipLogs ship = new ShipLogs(producer, args[1], positions);
            for (String log : List.of(args).subList(3, args.length)) ship.follow(Path.of(log));
            while (!Thread.interrupted()) {
                if (!ship.shipSome()) LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private void follow(Path log) throws IOException {
        followers.put(log, new LogFollower(log, positions.of(log), GRACE));
    }

    /** A batch of each log; false when none has anything new. */
    private boolean shipSome() throws IOException {
        boolean any = false;
        for (Map.Entry<Path, LogFollower> log : followers.entrySet()) {
            List<Bytes> lines = log.getValue().next(BATCH_BYTES);
            if (lines.isEmpty()) continue;
            publish(lines);
            positions.save(log.getKey(), log.getValue().position());
            any = true;
        }
        return any;
    }

    /** Until it succeeds: the log is a better place to wait than memory. */
    private void publish(List<Bytes> lines) {
        while (true) {
            try {
                producer.publish(topic, lines).join();
                return;
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof NsqException why) || !why.retryable()) throw e;
                System.err.println("tries again: " + why.getMessage());
                LockSupport.parkNanos(TRY_AGAIN.toNanos());
            }
        }
    }
}
