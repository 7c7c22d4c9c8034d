package io.sluice.nsqd.crash;

import io.sluice.nsqd.crash.Event.Copy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges what clients have seen, over any number of lives of a daemon, after all channels have been
 * drained: every message that was acknowledged and promised has been delivered and finished in each
 * channel that existed, none came before its time, and none came again in the life in which it was
 * finished. What came again in a later life is counted.
 */
final class HistoryChecker {
    private final Map<String, Map<String, Long>> channelsByTopic = new HashMap<>();
    private final Map<String, Event.Sent> sent = new HashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<Copy, List<Event.Received>> received = new HashMap<>();
    private final Map<Copy, List<Event.Finished>> finished = new HashMap<>();
    private final Map<Copy, List<Event.Requeued>> requeued = new HashMap<>();
    private final Map<String, Integer> survivedUntil = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> againByTopic = new TreeMap<>();
    private int owed;
    private int lost;
    private int unpromised;
    private int unpromisedLost;

    private HistoryChecker() {}

    /**
     * What it came to.
     *
     * @param owed copies that had to be delivered: promised, and acknowledged
     * @param unpromised copies that were acknowledged, and may be lost with the process
     * @param againByTopic copies that were finished and came again in a later life
     * @param unacknowledged messages that came although no OK had come for them
     */
    record Verdict(
            int owed,
            int lost,
            int unpromised,
            int unpromisedLost,
            Map<String, Integer> againByTopic,
            int unacknowledged,
            List<String> violations) {
        /** How many there are of each kind. */
        Map<String, Integer> kinds() {
            Map<String, Integer> kinds = new TreeMap<>();
            for (String violation : violations) {
                kinds.merge(violation.substring(0, violation.indexOf(':')), 1, Integer::sum);
            }
            return kinds;
        }

        @Override
        public String toString() {
            return String.format(
                    "%,d of %,d promised copies lost, %,d of %,d not promised lost;"
                            + " finished and came again: %s; came without OK: %,d;"
                            + " violations: %s",
                    lost, owed, unpromisedLost, unpromised, againByTopic, unacknowledged, kinds());
        }
    }

    static Verdict check(Iterable<Event> events) {
        HistoryChecker checker = new HistoryChecker();
        events.forEach(checker::take);
        checker.received.keySet().forEach(checker::checkDeliveries);
        checker.received.values().forEach(checker::noteSurvivors);
        checker.acknowledged.forEach(checker::checkArrival);
        return checker.verdict();
    }

    private void take(Event event) {
        if (event instanceof Event.ChannelMade e) {
            channelsByTopic
                    .computeIfAbsent(e.topic(), t -> new HashMap<>())
                    .put(e.channel(), e.atNs());
        } else if (event instanceof Event.Sent e) {
            sent.put(e.message(), e);
        } else if (event instanceof Event.Acknowledged e) {
            acknowledged.add(e.message());
        } else if (event instanceof Event.Received e) {
            add(received, e.copy(), e);
        } else if (event instanceof Event.Finished e) {
            add(finished, e.copy(), e);
        } else if (event instanceof Event.Requeued e) {
            add(requeued, e.copy(), e);
        } else if (event instanceof Event.Refused e) {
            violations.add("refused: " + e.what());
        }
    }

    private static <E> void add(Map<Copy, List<E>> events, Copy copy, E event) {
        events.computeIfAbsent(copy, c -> new ArrayList<>(1)).add(event);
    }

    private void checkDeliveries(Copy copy) {
        Event.Sent source = sent.get(copy.message());
        if (source == null || !source.topic().equals(copy.topic())) {
            violations.add("never published: " + copy);
            return;
        }
        List<Event.Finished> ends = finished.getOrDefault(copy, List.of());
        List<Event.Requeued> delays = requeued.getOrDefault(copy, List.of());
        Set<List<Integer>> attemptsByLife = new HashSet<>();
        boolean again = false;
        for (Event.Received delivery : received.get(copy)) {
            if (delivery.atNs() < source.dueNs()) early(delivery, source.dueNs());
            if (!attemptsByLife.add(List.of(delivery.life(), delivery.attempts()))) {
                violations.add("same attempts twice: " + delivery);
            }
            for (Event.Finished end : ends) {
                if (end.life() < delivery.life()) again = true;
                if (isAfter(end.life(), end.attempts(), delivery)) {
                    violations.add(
                            "finished and came again in the same life: " + end + ", " + delivery);
                }
            }
            for (Event.Requeued delay : delays) {
                if (isAfter(delay.life(), delay.attempts(), delivery)
                        && delivery.atNs() < delay.untilNs()) {
                    early(delivery, delay.untilNs());
                }
            }
        }
        if (again) againByTopic.merge(copy.topic(), 1, Integer::sum);
    }

    /** True when an answer to the delivery with these attempts must have reached the daemon. */
    private static boolean isAfter(int life, int attempts, Event.Received delivery) {
        return life == delivery.life() && attempts < delivery.attempts() && !delivery.ending();
    }

    private void early(Event.Received delivery, long dueNs) {
        double ms = (dueNs - delivery.atNs()) / 1e6;
        violations.add(String.format("too early: by %.1f ms, %s", ms, delivery));
    }

    /** What is received in a later life was on disk. */
    private void noteSurvivors(List<Event.Received> deliveries) {
        Event.Sent source = sent.get(deliveries.get(0).copy().message());
        if (source == null) return;
        if (deliveries.stream().anyMatch(delivery -> delivery.life() > source.life())) {
            survivedUntil.merge(source.publisher(), source.number(), Math::max);
        }
    }

    private boolean isPromised(Event.Sent source) {
        return switch (source.promise()) {
            case ALWAYS -> true;
            case ONCE_ON_DISK ->
                    source.number() <= survivedUntil.getOrDefault(source.publisher(), 0);
            case NEVER -> false;
        };
    }

    private void checkArrival(String message) {
        Event.Sent source = sent.get(message);
        channelsByTopic
                .getOrDefault(source.topic(), Map.of())
                .forEach(
                        (channel, sinceNs) -> {
                            if (sinceNs >= source.sentNs()) return;
                            checkArrival(source, new Copy(source.topic(), channel, message));
                        });
    }

    private void checkArrival(Event.Sent source, Copy copy) {
        boolean gone = !finished.containsKey(copy);
        if (!isPromised(source)) {
            unpromised++;
            if (gone) unpromisedLost++;
            return;
        }
        owed++;
        if (!gone) return;
        lost++;
        violations.add("lost: " + copy + ", deliveries " + received.getOrDefault(copy, List.of()));
    }

    private Verdict verdict() {
        Set<String> came = new HashSet<>();
        for (Copy copy : received.keySet()) came.add(copy.message());
        came.removeAll(acknowledged);
        return new Verdict(
                owed,
                lost,
                unpromised,
                unpromisedLost,
                againByTopic,
                came.size(),
                List.copyOf(violations));
    }
}
