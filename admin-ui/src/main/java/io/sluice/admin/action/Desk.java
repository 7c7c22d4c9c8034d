package io.sluice.admin.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.access.Caller;
import io.sluice.admin.cluster.Json;
import io.sluice.daemon.Hostname;
import io.sluice.daemon.HttpError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where every change passes: checks who may, has it done, writes it down and tells others. */
public final class Desk {
    private static final System.Logger LOG = System.getLogger(Desk.class.getName());
    private static final long NOTIFICATION_MS = TimeUnit.SECONDS.toMillis(10);

    private final Actions actions;
    private final Activity activity;
    private final HttpClient client;
    private final String endpoint;

    /** {@code endpoint} is the URL that is told of every action; empty when nobody is. */
    public Desk(Vertx vertx, Actions actions, Activity activity, String endpoint) {
        this.actions = actions;
        this.activity = activity;
        this.client = vertx.createHttpClient(new HttpClientOptions());
        this.endpoint = endpoint;
    }

    /** Fails with HttpError 403 when the caller may not. */
    public Future<List<Outcome>> run(Caller caller, String url, Action action) {
        if (!caller.role().includes(action.kind().needed())) return forbidden();
        return actions.run(action).onSuccess(done -> record(caller, url, action, done));
    }

    /** As {@link #run}, for a message. */
    public Future<List<Outcome>> publish(
            Caller caller, String url, Action action, long deferMs, Buffer body) {
        if (!caller.role().includes(action.kind().needed())) return forbidden();
        return actions.publish(action, deferMs, body)
                .onSuccess(done -> record(caller, url, action, done));
    }

    private static Future<List<Outcome>> forbidden() {
        return Future.failedFuture(new HttpError(403, "FORBIDDEN"));
    }

    private void record(Caller caller, String url, Action action, List<Outcome> outcomes) {
        Activity.Entry entry = activity.add(System.currentTimeMillis(), caller, action, outcomes);
        long messages = Outcome.messages(outcomes);
        LOG.log(
                System.Logger.Level.INFO,
                action.kind()
                        + " "
                        + action.topic()
                        + (action.channel().isEmpty() ? "" : "/" + action.channel())
                        + " "
                        + action.node()
                        + (action.to().isEmpty() ? "" : " to " + action.to())
                        + " by "
                        + (caller.user().isEmpty() ? "anybody" : caller.user())
                        + " ("
                        + caller.from()
                        + "): done on "
                        + Outcome.done(outcomes)
                        + " of "
                        + outcomes.size()
                        + (messages == 0 ? "" : ", with " + messages + " messages"));
        if (!endpoint.isEmpty()) notify(entry, url);
    }

    private void notify(Activity.Entry entry, String url) {
        Action action = entry.action();
        ObjectNode note = Json.object().put("action", action.kind().toString());
        note.put("topic", action.topic());
        if (!action.channel().isEmpty()) note.put("channel", action.channel());
        if (!action.node().isEmpty()) note.put("node", action.node());
        if (!action.to().isEmpty()) note.put("to", action.to());
        if (action.count() > 0) note.put("count", action.count());
        note.put("asked", entry.outcomes().size());
        note.put("done", Outcome.done(entry.outcomes()));
        long messages = Outcome.messages(entry.outcomes());
        if (messages > 0) note.put("messages", messages);
        note.put("timestamp", entry.atMs() / 1000);
        if (!entry.caller().user().isEmpty()) note.put("user", entry.caller().user());
        note.put("remote_ip", entry.caller().from());
        note.put("user_agent", entry.caller().userAgent());
        note.put("url", url);
        note.put("via", Hostname.get());
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(endpoint)
                        .putHeader("Content-Type", "application/json");
        client.request(options)
                .compose(request -> request.send(Json.write(note)))
                .timeout(NOTIFICATION_MS, TimeUnit.MILLISECONDS)
                .onFailure(
                        e ->
                                LOG.log(
                                        System.Logger.Level.ERROR,
                                        "--notification-http-endpoint was not told of "
                                                + action.kind()
                                                + ": "
                                                + e.getMessage()));
    }
}
