package io.sluice.client;

import java.util.List;

/** Several listeners as one, told in their order. */
record ProducerListeners(List<ProducerListener> all) implements ProducerListener {
    @Override
    public void connected(NsqdAddress nsqd) {
        all.forEach(one -> one.connected(nsqd));
    }

    @Override
    public void disconnected(NsqdAddress nsqd, NsqException why) {
        all.forEach(one -> one.disconnected(nsqd, why));
    }

    @Override
    public void published(String topic, int messages, long bytes, long elapsedNs) {
        all.forEach(one -> one.published(topic, messages, bytes, elapsedNs));
    }

    @Override
    public void failed(String topic, int messages, NsqException why) {
        all.forEach(one -> one.failed(topic, messages, why));
    }
}
