package io.sluice.client;

import java.util.List;

/** Several listeners as one, told in their order. */
record ConsumerListeners(List<ConsumerListener> all) implements ConsumerListener {
    @Override
    public void connected(NsqdAddress nsqd) {
        all.forEach(one -> one.connected(nsqd));
    }

    @Override
    public void disconnected(NsqdAddress nsqd, NsqException why) {
        all.forEach(one -> one.disconnected(nsqd, why));
    }

    @Override
    public void received(ReceivedMessage message) {
        all.forEach(one -> one.received(message));
    }

    @Override
    public void finished(ReceivedMessage message, long elapsedNs) {
        all.forEach(one -> one.finished(message, elapsedNs));
    }

    @Override
    public void requeued(ReceivedMessage message, long elapsedNs) {
        all.forEach(one -> one.requeued(message, elapsedNs));
    }

    @Override
    public void gaveUp(ReceivedMessage message) {
        all.forEach(one -> one.gaveUp(message));
    }

    @Override
    public void handlerFailed(ReceivedMessage message, Throwable why) {
        all.forEach(one -> one.handlerFailed(message, why));
    }

    @Override
    public void answerRefused(NsqdAddress nsqd, AnswerRefusedException why) {
        all.forEach(one -> one.answerRefused(nsqd, why));
    }

    @Override
    public void backingOff(boolean on) {
        all.forEach(one -> one.backingOff(on));
    }

    @Override
    public void closed() {
        all.forEach(ConsumerListener::closed);
    }
}
