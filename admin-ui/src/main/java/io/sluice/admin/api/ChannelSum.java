package io.sluice.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.NodeAnswer;

/** The numbers of a channel, in NSQ's order, over one daemon or many. */
final class ChannelSum {
    private long depth;
    private long backend;
    private long inFlight;
    private long deferred;
    private long requeued;
    private long timedOut;
    private long messages;
    private long clients;
    private long zoneLocal;
    private long regionLocal;
    private long global;
    private boolean paused;

    void add(NodeAnswer.Channel channel) {
        depth += channel.depth();
        backend += channel.backendDepth();
        inFlight += channel.inFlightCount();
        deferred += channel.deferredCount();
        requeued += channel.requeueCount();
        timedOut += channel.timeoutCount();
        messages += channel.messageCount();
        clients += channel.clientCount();
        zoneLocal += channel.zoneLocalMsgCount();
        regionLocal += channel.regionLocalMsgCount();
        global += channel.globalMsgCount();
        paused |= channel.paused();
    }

    boolean isPaused() {
        return paused;
    }

    void putInto(ObjectNode object) {
        object.put("depth", depth);
        object.put("memory_depth", depth - backend);
        object.put("backend_depth", backend);
        object.put("in_flight_count", inFlight);
        object.put("deferred_count", deferred);
        object.put("requeue_count", requeued);
        object.put("timeout_count", timedOut);
        object.put("message_count", messages);
        putUnlessZero(object, "delivery_msg_count", zoneLocal + regionLocal + global);
        putUnlessZero(object, "zone_local_msg_count", zoneLocal);
        putUnlessZero(object, "region_local_msg_count", regionLocal);
        putUnlessZero(object, "global_msg_count", global);
        object.put("client_count", clients);
    }

    private static void putUnlessZero(ObjectNode object, String key, long value) {
        if (value != 0) object.put(key, value);
    }
}
