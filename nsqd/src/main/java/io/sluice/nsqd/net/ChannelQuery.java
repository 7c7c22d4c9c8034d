package io.sluice.nsqd.net;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.HttpExchange;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks lookup nodes which channels a topic has anywhere. */
final class ChannelQuery {
    private static final System.Logger LOG = System.getLogger(ChannelQuery.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ANSWER_BYTES = 5_242_880;

    private final HttpExchange http;
    private final int requestTimeoutMs;

    ChannelQuery(Vertx vertx, int connectTimeoutMs, int requestTimeoutMs) {
        HttpClientOptions options = new HttpClientOptions().setConnectTimeout(connectTimeoutMs);
        this.http =
                new HttpExchange(
                        vertx.createHttpClient(options), requestTimeoutMs, MAX_ANSWER_BYTES);
        this.requestTimeoutMs = requestTimeoutMs;
    }

    /**
     * The channels that any of the nodes names, without ephemeral ones. A node that does not answer
     * in time is warned of and left out; the future never fails.
     */
    Future<List<ChannelName>> channels(TopicName topic, List<HostAndPort> nodes) {
        List<Future<Set<ChannelName>>> answers = new ArrayList<>();
        for (HostAndPort node : nodes) answers.add(ask(node, topic));
        return Future.all(answers).map(ignored -> union(answers));
    }

    private static List<ChannelName> union(List<Future<Set<ChannelName>>> answers) {
        Set<ChannelName> all = new TreeSet<>();
        for (Future<Set<ChannelName>> answer : answers) all.addAll(answer.result());
        return List.copyOf(all);
    }

    private Future<Set<ChannelName>> ask(HostAndPort node, TopicName topic) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(node.host())
                        .setPort(node.port())
                        // Nor does it wait longer for a connection while others hang.
                        .setConnectTimeout(requestTimeoutMs)
                        .setURI("/channels?topic=" + topic.value().replace("#", "%23"))
                        .putHeader("Accept", "application/vnd.nsq; version=1.0");
        return http.send(options, null)
                .map(ChannelQuery::parse)
                .otherwise(e -> none(node, topic, e));
    }

    private static Set<ChannelName> parse(Buffer body) {
        Set<ChannelName> channels = new TreeSet<>();
        try {
            for (JsonNode name : JSON.readTree(body.getBytes()).path("channels")) {
                String text = name.asText();
                if (!ChannelName.isValid(text)) continue;
                ChannelName channel = new ChannelName(text);
                if (!channel.isEphemeral()) channels.add(channel);
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
        return channels;
    }

    private static Set<ChannelName> none(HostAndPort node, TopicName topic, Throwable e) {
        LOG.log(
                System.Logger.Level.WARNING,
                "LOOKUPD({0}): could not ask for the channels of {1}: {2}",
                node,
                topic,
                e.getMessage());
        return Set.of();
    }
}
