package io.sluice.client.tools;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all lookup nodes know together. */
final class LookupNodes {
    private static final System.Logger LOG = System.getLogger(LookupNodes.class.getName());

    private final List<String> addresses;
    private final HttpJson http;

    LookupNodes(List<String> addresses, HttpJson http) {
        this.addresses = addresses;
        this.http = http;
    }

    /** All topics; IOException when no node answers. */
    List<String> topics() throws IOException {
        Set<String> topics = new LinkedHashSet<>();
        for (Map<?, ?> answer : answers("/topics")) {
            if (!(answer.get("topics") instanceof List<?> names)) continue;
            for (Object name : names) topics.add(String.valueOf(name));
        }
        return List.copyOf(topics);
    }

    /** The HTTP addresses of all daemons with the topic; IOException when no node answers. */
    List<String> daemons(String topic) throws IOException {
        Set<String> daemons = new LinkedHashSet<>();
        for (Map<?, ?> answer : answers("/lookup?topic=" + topic.replace("#", "%23"))) {
            if (!(answer.get("producers") instanceof List<?> producers)) continue;
            for (Object producer : producers) {
                if (producer instanceof Map<?, ?> daemon) daemons.add(httpAddress(daemon));
            }
        }
        return List.copyOf(daemons);
    }

    private static String httpAddress(Map<?, ?> daemon) {
        String host = String.valueOf(daemon.get("broadcast_address"));
        String quoted = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return daemon.get("http_port") instanceof Number port
                ? quoted + ":" + port.intValue()
                : quoted;
    }

    private List<Map<?, ?>> answers(String path) throws IOException {
        List<Map<?, ?>> answers = new ArrayList<>();
        IOException failure = null;
        for (String address : addresses) {
            try {
                answers.add(http.get(address, path));
            } catch (IOException e) {
                LOG.log(Level.WARNING, "lookup at " + e.getMessage());
                failure = e;
            }
        }
        if (answers.isEmpty() && failure != null) throw failure;
        return answers;
    }
}
