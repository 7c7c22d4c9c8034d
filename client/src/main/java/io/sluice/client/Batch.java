package io.sluice.client;

import io.sluice.protocol.Command;
import java.util.ArrayList;
import java.util.List;

/** Publishes that go out as one command and get one answer; mostly it is a single one. */
record Batch(List<Publish> publishes) {
    /** Each publish for itself. */
    static List<Batch> singles(List<Publish> publishes) {
        List<Batch> batches = new ArrayList<>(publishes.size());
        for (Publish publish : publishes) batches.add(new Batch(List.of(publish)));
        return batches;
    }

    /** Neighbours of one topic together, as long as an MPUB of them fits {@code maxBodyBytes}. */
    static List<Batch> coalesced(List<Publish> publishes, int maxBodyBytes) {
        List<Batch> batches = new ArrayList<>();
        List<Publish> open = List.of();
        long bodyBytes = 0;
        for (Publish publish : publishes) {
            long more = 4 + publish.byteCount();
            if (joins(publish, open) && bodyBytes + more <= maxBodyBytes) {
                open.add(publish);
                bodyBytes += more;
            } else {
                open = new ArrayList<>();
                open.add(publish);
                batches.add(new Batch(open));
                bodyBytes = 4 + more;
            }
        }
        return batches;
    }

    private static boolean joins(Publish publish, List<Publish> open) {
        if (open.isEmpty() || !publish.batchable()) return false;
        Publish first = open.get(0);
        return first.batchable() && first.topic().equals(publish.topic());
    }

    boolean isSingle() {
        return publishes.size() == 1;
    }

    Command command() {
        Publish first = publishes.get(0);
        if (isSingle()) return first.command();
        return new Command.Mpub(first.topic(), publishes.stream().map(Publish::onlyBody).toList());
    }
}
