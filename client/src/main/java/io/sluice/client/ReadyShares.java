package io.sluice.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Shares a consumer's limit of messages in flight among its connections, as RDY counts whose sum
 * never exceeds it. When there are more connections than the limit, some have a share of 1 and the
 * others wait for their turn. Pure: the time is passed in.
 *
 * @param <C> a connection
 */
final class ReadyShares<C> {
    /** A connection's new RDY count. */
    record Change<C>(C connection, int ready) {}

    private static final class Share {
        private final int maxReady;
        private int ready;

        /** Since when it has had a share, or had none. */
        private long sinceNs;

        private boolean turnIsOver;

        Share(int maxReady, long nowNs) {
            this.maxReady = maxReady;
            sinceNs = nowNs;
        }

        /** Who goes first when there is not enough for all. */
        int rank() {
            if (ready == 0) return 1;
            return turnIsOver ? 2 : 0;
        }
    }

    private final long maxIdleNs;
    private final long maxHeldNs;
    private final Map<C, Share> shares = new LinkedHashMap<>();
    private int limit;

    /**
     * Shares of nothing until there is a {@link #limit}.
     *
     * @param maxIdleNs how long a connection that others wait for may get no message
     * @param maxHeldNs how long a connection that others wait for keeps its share at most
     */
    ReadyShares(long maxIdleNs, long maxHeldNs) {
        this.maxIdleNs = maxIdleNs;
        this.maxHeldNs = maxHeldNs;
    }

    /** A connection came; {@link #settle} gives it a share. */
    void add(C connection, int maxReady, long nowNs) {
        shares.put(connection, new Share(maxReady, nowNs));
    }

    /** A connection went, and its share with it. */
    void remove(C connection) {
        shares.remove(connection);
    }

    /** Sets what all shares may sum up to. */
    void limit(int messages) {
        limit = messages;
    }

    /** The connection's RDY count; 0 for an unknown one. */
    int of(C connection) {
        Share share = shares.get(connection);
        return share == null ? 0 : share.ready;
    }

    /** What has to change, lower counts first: so the sum keeps to the limit on the way, too. */
    List<Change<C>> settle(long nowNs) {
        Map<C, Integer> wanted = limit >= shares.size() ? evenly() : inTurns();
        List<Change<C>> changes = new ArrayList<>();
        shares.forEach(
                (connection, share) -> {
                    int ready = wanted.getOrDefault(connection, 0);
                    if (ready != share.ready) changes.add(new Change<>(connection, ready));
                });
        changes.sort(Comparator.comparing(change -> change.ready > of(change.connection)));
        changes.forEach(change -> set(shares.get(change.connection), change.ready, nowNs));
        return changes;
    }

    private static void set(Share share, int ready, long nowNs) {
        if (ready == 0 != (share.ready == 0)) share.sinceNs = nowNs;
        share.ready = ready;
    }

    private Map<C, Integer> evenly() {
        Map<C, Integer> wanted = new LinkedHashMap<>();
        int left = limit;
        int without = shares.size();
        for (Map.Entry<C, Share> entry : shares.entrySet()) {
            // Rounded up, so that the first ones get what cannot be divided.
            int ready = Math.min((left + without - 1) / without, entry.getValue().maxReady);
            wanted.put(entry.getKey(), ready);
            left -= ready;
            without--;
        }
        return wanted;
    }

    /** 1 each for those that keep their turn, then for those that have waited longest. */
    private Map<C, Integer> inTurns() {
        List<Map.Entry<C, Share>> order = new ArrayList<>(shares.entrySet());
        order.sort(
                Comparator.comparing((Map.Entry<C, Share> entry) -> entry.getValue().rank())
                        .thenComparing(entry -> entry.getValue().sinceNs));
        Map<C, Integer> wanted = new LinkedHashMap<>();
        order.stream().limit(limit).forEach(entry -> wanted.put(entry.getKey(), 1));
        return wanted;
    }

    /**
     * Passes on the share of connections that others wait for and that get no messages, or have had
     * their turn, to those that have waited longest.
     *
     * @param lastMessageNs when a connection last got a message
     */
    List<Change<C>> rotate(long nowNs, ToLongFunction<C> lastMessageNs) {
        if (limit == 0 || limit >= shares.size()) return List.of();
        shares.forEach(
                (connection, share) -> {
                    long heldNs = nowNs - share.sinceNs;
                    long idleNs = Math.min(heldNs, nowNs - lastMessageNs.applyAsLong(connection));
                    boolean isOver = idleNs >= maxIdleNs || heldNs >= maxHeldNs;
                    share.turnIsOver = share.ready > 0 && isOver;
                });
        List<Change<C>> changes = settle(nowNs);
        shares.values().forEach(share -> share.turnIsOver = false);
        return changes;
    }
}
