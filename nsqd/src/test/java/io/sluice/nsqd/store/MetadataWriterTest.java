package io.sluice.nsqd.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MetadataWriterTest {
    @TempDir Path directory;

    /** Writes that were asked for and have not run. */
    private final Deque<Runnable> work = new ArrayDeque<>();

    private final List<CompletableFuture<Metadata>> asked = new ArrayList<>();
    private MetadataWriter writer;

    private static Metadata named(String... topics) {
        return new Metadata(
                Stream.of(topics)
                        .map(name -> new TopicMetadata(new TopicName(name), false, null, List.of()))
                        .toList());
    }

    private MetadataFile file() {
        return new MetadataFile(directory);
    }

    private MetadataWriter writer() {
        writer = new MetadataWriter(file(), this::ask, work::add);
        return writer;
    }

    private CompletableFuture<Metadata> ask() {
        CompletableFuture<Metadata> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private void answer(int number, String... topics) {
        asked.get(number).complete(named(topics));
        work.remove().run();
    }

    @Test
    void nothingIsOnDiskBeforeTheStateIsKnownAndWritten() {
        CompletableFuture<Void> saved = writer().save();
        assertThat(asked).hasSize(1);
        asked.get(0).complete(named("a"));
        assertThat(saved).isNotDone();
        assertThat(file().read()).isEqualTo(Metadata.EMPTY);
        work.remove().run();
        assertThat(saved).isCompleted();
        assertThat(file().read()).isEqualTo(named("a"));
    }

    @Test
    void whatChangesDuringAWriteIsInTheNextHoweverOften() {
        CompletableFuture<Void> first = writer().save();
        writer.changed();
        CompletableFuture<Void> second = writer.save();
        CompletableFuture<Void> third = writer.save();
        assertThat(asked).hasSize(1);
        answer(0, "a");
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(asked).hasSize(2);
        answer(1, "b");
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(asked).hasSize(2);
        assertThat(work).isEmpty();
        assertThat(file().read()).isEqualTo(named("b"));
    }

    @Test
    void aFailedWriteIsToldAndTheNextChangeTriesAgain() throws IOException {
        Path inTheWay = directory.resolve("nsqd.dat").resolve("in the way");
        Files.createDirectories(inTheWay);
        CompletableFuture<Void> failed = writer().save();
        answer(0, "a");
        assertThatThrownBy(failed::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        CompletableFuture<Void> saved = writer.save();
        answer(1, "a");
        assertThat(saved).isCompleted();
        assertThat(file().read()).isEqualTo(named("a"));
    }

    @Test
    void aStateThatCannotBeHadIsAFailureToo() {
        CompletableFuture<Void> failed = writer().save();
        asked.get(0).completeExceptionally(new IllegalStateException("gone"));
        assertThat(failed).isCompletedExceptionally();
        writer.changed();
        assertThat(asked).hasSize(2);
    }

    @Test
    void theLastStateIsWrittenAndNothingBehindIt() {
        writer().changed();
        CompletableFuture<Void> closed = writer.close();
        writer.changed();
        assertThat(writer.save()).isCompletedExceptionally();
        answer(0, "a");
        assertThat(closed).isNotDone();
        answer(1, "b");
        assertThat(closed).isCompleted();
        assertThat(asked).hasSize(2);
        assertThat(file().read()).isEqualTo(named("b"));
    }

    @Test
    void whoeverAsksFromWhateverThreadFindsItsChangeOnDisk() throws Exception {
        AtomicInteger count = new AtomicInteger();
        ExecutorService disk = Executors.newSingleThreadExecutor();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            MetadataWriter shared =
                    new MetadataWriter(
                            file(),
                            () -> CompletableFuture.completedFuture(named("t" + count.get())),
                            disk);
            List<CompletableFuture<Void>> all =
                    IntStream.range(0, 200)
                            .mapToObj(
                                    i ->
                                            CompletableFuture.supplyAsync(
                                                            count::incrementAndGet, callers)
                                                    .thenCompose(n -> shared.save()))
                            .toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            assertThat(file().read()).isEqualTo(named("t200"));
            shared.close().join();
        } finally {
            callers.shutdown();
            disk.shutdown();
        }
    }
}
