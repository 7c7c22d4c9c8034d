package io.sluice.nsqd.net;

import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Receipt;
import io.sluice.nsqd.core.Session;
import java.util.function.Consumer;

/** The way from a connection to one of the loops, and back. A direct call when it is its own. */
final class Lane {
    private final CoreLoop home;
    private final CoreLoop loop;
    private final OutputBuffer outbox;
    private final Session session;
    private final Consumer<Segment> answered;

    /** True when a failure has ended the connection, or it has ended itself. Of the far loop. */
    private boolean ended;

    Lane(Connection connection, CoreLoop loop, Consumer<Segment> answered) {
        this.home = connection.home();
        this.loop = loop;
        this.outbox = new OutputBuffer(connection, loop);
        this.session = new Session(loop.broker(), connection.settings(), outbox);
        this.answered = answered;
    }

    void submit(Segment segment) {
        if (loop == home) execute(segment);
        else loop.run(() -> execute(segment));
    }

    private void execute(Segment segment) {
        Receipt receipt = null;
        if (!ended) {
            loop.beginTurn();
            segment.execute(session, loop.nowNs());
            ended = segment.isFatal();
            receipt = session.takeReceipt();
        }
        if (receipt == null) answer(segment);
        else receipt.whenDurable(why -> answer(segment, why));
    }

    /** What was published is durable now; or why it is not. */
    private void answer(Segment segment, String why) {
        if (why != null) {
            segment.fail(why);
            ended = true;
        }
        answer(segment);
    }

    private void answer(Segment segment) {
        if (loop == home) answered.accept(segment);
        else home.run(() -> answered.accept(segment));
    }

    void identified(ClientSettings settings) {
        onLoop(() -> session.identified(settings));
    }

    /** Messages have left through the socket: there is room for more. */
    void written(int bytes) {
        onLoop(
                () -> {
                    outbox.written(bytes);
                    if (!ended) session.wake(loop.nowNs());
                });
    }

    void close() {
        onLoop(
                () -> {
                    ended = true;
                    session.close(loop.nowNs());
                });
    }

    private void onLoop(Runnable task) {
        if (loop == home) {
            loop.beginTurn();
            task.run();
        } else {
            loop.run(task);
        }
    }
}
