package io.sluice.client.tools;

import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import java.util.List;

/** A daemon that a tool publishes to. */
final class Destination {
    /** Large enough for whatever a daemon is set to take: it is the one to refuse. */
    private static final int MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

    private Destination() {}

    /** A producer for one daemon; IllegalArgumentException for an address that is none. */
    static Producer producer(String tool, String address, List<ClientOption> options) {
        return new Producer(
                ProducerOptions.builder()
                        .nsqd(address)
                        .connection(new ClientOptions(options).connection(Source.userAgent(tool)))
                        .maxMessageBytes(MAX_MESSAGE_BYTES)
                        .maxBodyBytes(MAX_MESSAGE_BYTES)
                        .build());
    }
}
