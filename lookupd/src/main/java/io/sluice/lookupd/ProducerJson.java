package io.sluice.lookupd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.lookupd.registry.Identity;
import io.sluice.lookupd.registry.Producer;
import io.sluice.lookupd.registry.Registration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * One producer in answers, its keys in NSQ's order. Who has it keeps it: a producer says once who
 * it is, and its topics change seldom, but everybody asks for all producers all the time.
 */
final class ProducerJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long NEVER = -1;

    private final byte[] identity;
    private byte[] node;
    private long revision = NEVER;

    ProducerJson(Producer producer) {
        identity = write(json -> identity(json, producer));
    }

    /** As a lookup has it. */
    byte[] identity() {
        return identity;
    }

    /**
     * As {@code /nodes} has it, with its topics.
     *
     * @param isHidden whether a tombstone hides it now
     */
    byte[] node(Producer producer, Predicate<Registration> isHidden) {
        // Tombstones lapse without anything having changed.
        if (producer.revision() == revision && !producer.wasTombstoned()) return node;
        Collection<Registration> all = producer.registrations();
        node =
                write(
                        json -> {
                            identity(json, producer);
                            json.writeArrayFieldStart("tombstones");
                            for (Registration one : all) json.writeBoolean(isHidden.test(one));
                            json.writeEndArray();
                            json.writeArrayFieldStart("topics");
                            for (Registration one : all) json.writeString(one.topic().value());
                            json.writeEndArray();
                        });
        revision = producer.revision();
        return node;
    }

    private static void identity(JsonGenerator json, Producer producer) throws IOException {
        Identity identity = producer.identity();
        json.writeStringField("remote_address", producer.remoteAddress());
        json.writeStringField("hostname", identity.hostname());
        json.writeStringField("broadcast_address", identity.broadcastAddress());
        json.writeNumberField("tcp_port", identity.ports().tcp());
        json.writeNumberField("http_port", identity.ports().http());
        json.writeStringField("version", identity.version());
        json.writeStringField("topology_zone", identity.topologyZone());
        json.writeStringField("topology_region", identity.topologyRegion());
    }

    /** The fields of an object. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
