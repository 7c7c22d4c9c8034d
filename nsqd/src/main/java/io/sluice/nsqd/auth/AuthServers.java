package io.sluice.nsqd.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.daemon.HttpExchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** Asks auth servers what a client may do: one of them and, when that fails, the next. */
public final class AuthServers {
    private static final System.Logger LOG = System.getLogger(AuthServers.class.getName());

    /** Bytes of an answer. */
    private static final int MAX_ANSWER = 1024 * 1024;

    /** Requests to one server at once; others wait, one at most for each connection. */
    private static final int MAX_REQUESTS = 64;

    private final AuthSettings settings;
    private final HttpExchange http;

    /** Servers that are asked through clients of this Vert.x. */
    public AuthServers(Vertx vertx, AuthSettings settings) {
        this.settings = settings;
        HttpClientOptions options =
                new HttpClientOptions().setConnectTimeout(settings.connectTimeoutMs());
        if (!settings.rootCa().isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(settings.rootCa()));
        }
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(MAX_REQUESTS);
        http =
                new HttpExchange(
                        vertx.createHttpClient(options, pool),
                        settings.requestTimeoutMs(),
                        MAX_ANSWER);
    }

    /** Fails when no server gives a proper answer; why is in the log and for nobody else. */
    public Future<Grants> ask(AuthQuestion question) {
        List<String> urls = settings.urls();
        int first = ThreadLocalRandom.current().nextInt(urls.size());
        Future<Grants> answer = ask(urls.get(first), question);
        for (int i = 1; i < urls.size(); i++) {
            String next = urls.get((first + i) % urls.size());
            answer = answer.recover(e -> ask(next, question));
        }
        return answer;
    }

    private Future<Grants> ask(String url, AuthQuestion question) {
        Map<String, String> parameters = parameters(question);
        return Future.<Buffer>future(
                        answer ->
                                http.send(request(url, parameters), body(parameters))
                                        .onComplete(answer))
                .map(body -> Grants.parse(body.getBytes()))
                .onFailure(
                        e ->
                                LOG.log(
                                        System.Logger.Level.WARNING,
                                        "AUTH: {0} does not answer as it should for {1}: {2}",
                                        url,
                                        question.remoteIp(),
                                        e.getMessage()));
    }

    /** In the order of their names, as Go writes them. */
    private static Map<String, String> parameters(AuthQuestion question) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("common_name", question.commonName());
        parameters.put("remote_ip", question.remoteIp());
        parameters.put("secret", question.secret());
        parameters.put("tls", String.valueOf(question.tls()));
        return parameters;
    }

    private RequestOptions request(String url, Map<String, String> parameters) {
        RequestOptions request =
                new RequestOptions()
                        .setMethod(settings.post() ? HttpMethod.POST : HttpMethod.GET)
                        .setAbsoluteURI(settings.post() ? url : url + "?" + query(parameters))
                        .setConnectTimeout(settings.requestTimeoutMs())
                        .putHeader("Accept", "application/vnd.nsq; version=1.0");
        return settings.post() ? request.putHeader("Content-Type", "application/json") : request;
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach(
                (name, value) -> {
                    if (query.length() > 0) query.append('&');
                    query.append(name).append('=');
                    query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
                });
        return query.toString();
    }

    private Buffer body(Map<String, String> parameters) {
        if (!settings.post()) return null;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        parameters.forEach((name, value) -> json.putArray(name).add(value));
        return Buffer.buffer(json.toString());
    }
}
