package io.sluice.nsqd.stats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.daemon.Version;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientLink;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.LatencyStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Statistics as JSON, with the keys and in the order of NSQ (spec/http.md). */
public final class StatsJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long NS_PER_S = 1_000_000_000L;

    private final JsonGenerator out;

    private StatsJson(JsonGenerator out) {
        this.out = out;
    }

    /** The JSON, on one line. */
    public static String render(StatsSnapshot stats) {
        // A writer of bytes would give up on half a character in what some client called itself.
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            new StatsJson(out).write(stats);
        } catch (IOException e) {
            throw new AssertionError("writing to memory", e);
        }
        return text.toString();
    }

    private void write(StatsSnapshot stats) throws IOException {
        out.writeStartObject();
        out.writeStringField("version", Version.FULL);
        out.writeStringField("health", stats.health());
        out.writeNumberField("start_time", stats.startTime().toEpochSecond());
        writeArray("topics", stats.topics(), this::write);
        if (stats.memory() != null) write(stats.memory());
        writeArray("producers", stats.producers(), this::write);
        out.writeEndObject();
    }

    private void write(TopicStats topic) throws IOException {
        out.writeStartObject();
        out.writeStringField("topic_name", topic.name().value());
        writeArray("channels", topic.channels(), this::write);
        out.writeNumberField("depth", topic.depth());
        out.writeNumberField("backend_depth", topic.diskDepth());
        out.writeNumberField("memory_depth", topic.depth() - topic.diskDepth());
        writeUnlessZero("oldest_timestamp", topic.oldestNs());
        out.writeNumberField("message_count", topic.messageCount());
        out.writeNumberField("message_bytes", topic.messageBytes());
        writeUnlessZero("dropped_count", topic.droppedCount());
        out.writeStringField("durability", topic.store().durability().toString());
        out.writeNumberField("disk_bytes", topic.store().diskBytes());
        writeUnlessZero("damaged_count", topic.store().damagedCount());
        out.writeBooleanField("paused", topic.paused());
        write(topic.latency());
        out.writeEndObject();
    }

    private void write(ChannelStats channel) throws IOException {
        out.writeStartObject();
        out.writeStringField("channel_name", channel.name().value());
        out.writeNumberField("depth", channel.depth());
        out.writeNumberField("backend_depth", channel.diskDepth());
        out.writeNumberField("memory_depth", channel.memoryDepth());
        out.writeNumberField("in_flight_count", channel.inFlightCount());
        out.writeNumberField("deferred_count", channel.deferredCount());
        out.writeNumberField("message_count", channel.messageCount());
        writeUnlessZero("zone_local_msg_count", channel.deliveries().zoneLocal());
        writeUnlessZero("region_local_msg_count", channel.deliveries().regionLocal());
        writeUnlessZero("global_msg_count", channel.deliveries().global());
        out.writeNumberField("requeue_count", channel.requeueCount());
        out.writeNumberField("timeout_count", channel.timeoutCount());
        writeUnlessZero("dropped_count", channel.droppedCount());
        writeUnlessZero("sampled_out_count", channel.sampledOutCount());
        writeUnlessZero("evicted_count", channel.evictedCount());
        writeUnlessZero("expired_count", channel.expiredCount());
        writeUnlessZero("oldest_timestamp", channel.oldest().waitingNs());
        writeUnlessZero("oldest_in_flight_timestamp", channel.oldest().inFlightNs());
        writeUnlessZero("held_bytes", channel.heldBytes());
        out.writeNumberField("client_count", channel.clientCount());
        writeArray("clients", channel.clients(), this::write);
        out.writeBooleanField("paused", channel.paused());
        write(channel.latency());
        out.writeEndObject();
    }

    private void write(ClientStats client) throws IOException {
        ClientSettings settings = client.settings();
        out.writeStartObject();
        out.writeStringField("client_id", settings.clientId());
        out.writeStringField("hostname", settings.hostname());
        out.writeStringField("version", "V2");
        out.writeStringField("remote_address", settings.remoteAddress());
        out.writeNumberField("state", client.state());
        out.writeNumberField("ready_count", client.readyCount());
        out.writeNumberField("in_flight_count", client.inFlightCount());
        out.writeNumberField("message_count", client.messageCount());
        out.writeNumberField("finish_count", client.finishCount());
        out.writeNumberField("requeue_count", client.requeueCount());
        out.writeNumberField("connect_ts", settings.connectedNs() / NS_PER_S);
        out.writeNumberField("sample_rate", settings.sampleRate());
        out.writeBooleanField("deflate", settings.link().deflate());
        out.writeBooleanField("snappy", settings.link().snappy());
        out.writeStringField("user_agent", settings.userAgent());
        write(settings.link().identity());
        out.writeStringField("topology_zone", settings.topologyZone());
        out.writeStringField("topology_region", settings.topologyRegion());
        writePublishCounts(client.publishCounts());
        write(settings.link().tls());
        out.writeEndObject();
    }

    private void write(LatencyStats latency) throws IOException {
        out.writeObjectFieldStart("e2e_processing_latency");
        out.writeNumberField("count", latency.count());
        writeArray("percentiles", latency.percentiles(), this::write);
        out.writeEndObject();
    }

    private void write(LatencyStats.Percentile percentile) throws IOException {
        out.writeStartObject();
        // 1 and not 1.0, as NSQ.
        if (percentile.quantile() == 1) out.writeNumberField("quantile", 1);
        else out.writeNumberField("quantile", percentile.quantile());
        out.writeNumberField("value", percentile.valueNs());
        out.writeEndObject();
    }

    private void writePublishCounts(Map<TopicName, Long> counts) throws IOException {
        if (counts.isEmpty()) return;
        out.writeArrayFieldStart("pub_counts");
        for (Map.Entry<TopicName, Long> count : counts.entrySet()) {
            out.writeStartObject();
            out.writeStringField("topic", count.getKey().value());
            out.writeNumberField("count", count.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void write(MemoryStats memory) throws IOException {
        out.writeObjectFieldStart("memory");
        out.writeNumberField("heap_objects", memory.heapObjects());
        out.writeNumberField("heap_idle_bytes", memory.heapIdleBytes());
        out.writeNumberField("heap_in_use_bytes", memory.heapInUseBytes());
        out.writeNumberField("heap_released_bytes", memory.heapReleasedBytes());
        out.writeNumberField("gc_pause_usec_100", memory.gcPauseUsec100());
        out.writeNumberField("gc_pause_usec_99", memory.gcPauseUsec99());
        out.writeNumberField("gc_pause_usec_95", memory.gcPauseUsec95());
        out.writeNumberField("next_gc_bytes", memory.nextGcBytes());
        out.writeNumberField("gc_total_runs", memory.gcTotalRuns());
        out.writeEndObject();
    }

    private void write(ClientLink.Identity identity) throws IOException {
        if (identity == null) return;
        out.writeBooleanField("authed", true);
        if (!identity.name().isEmpty()) out.writeStringField("auth_identity", identity.name());
        if (!identity.url().isEmpty()) out.writeStringField("auth_identity_url", identity.url());
    }

    private void write(ClientLink.Tls tls) throws IOException {
        out.writeBooleanField("tls", tls != null);
        out.writeStringField("tls_cipher_suite", tls == null ? "" : tls.cipherSuite());
        out.writeStringField("tls_version", tls == null ? "" : tls.version());
        // No protocol is negotiated inside TLS; of that Go says that it is mutual.
        out.writeStringField("tls_negotiated_protocol", "");
        out.writeBooleanField("tls_negotiated_protocol_is_mutual", tls != null);
    }

    private void writeUnlessZero(String key, long value) throws IOException {
        if (value != 0) out.writeNumberField(key, value);
    }

    private interface ItemWriter<T> {
        void write(T item) throws IOException;
    }

    private <T> void writeArray(String key, List<T> items, ItemWriter<T> writer)
            throws IOException {
        if (items == null) {
            out.writeNullField(key);
            return;
        }
        out.writeArrayFieldStart(key);
        for (T item : items) writer.write(item);
        out.writeEndArray();
    }
}
