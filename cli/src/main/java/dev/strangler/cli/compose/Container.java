package dev.strangler.cli.compose;

import dev.strangler.cli.up.PartState;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A container as the engine tells of it.
 *
 * @param service its name in the compose file
 * @param isRunning whether its process lives
 * @param isHealthy whether its health check says that it can be used
 * @param pid of its first process; 0 while there is none
 * @param ports of this machine, by those inside
 * @param environment what it was started with
 */
record Container(
        String id,
        String service,
        boolean isRunning,
        boolean isHealthy,
        long pid,
        SortedMap<Integer, Integer> ports,
        Map<String, String> environment) {

    /** Those without a page that a person could look at. */
    private static final List<String> WITHOUT_HTTP = List.of("kafka", "postgres");

    /** From what {@code docker inspect} says of one container. */
    static Container of(JsonNode told) {
        var ports = new TreeMap<Integer, Integer>();
        told.path("HostConfig")
                .path("PortBindings")
                .properties()
                .forEach(bound -> ports.put(
                        Integer.valueOf(bound.getKey().replaceAll("/.*", "")),
                        bound.getValue().path(0).path("HostPort").asInt(0)));
        var environment = new TreeMap<String, String>();
        told.path("Config").path("Env").forEach(entry -> {
            var parts = entry.asString("").split("=", 2);
            environment.put(parts[0], parts.length == 2 ? parts[1] : "");
        });
        var state = told.path("State");
        var isRunning = state.path("Running").asBoolean(false);
        return new Container(
                told.path("Id").asString(""),
                told.path("Config")
                        .path("Labels")
                        .path("com.docker.compose.service")
                        .asString(""),
                isRunning,
                isRunning
                        && state.path("Health")
                                .path("Status")
                                .asString("healthy")
                                .equals("healthy"),
                state.path("Pid").asLong(0),
                ports,
                environment);
    }

    PartState state() {
        return new PartState(
                service,
                !isRunning ? PartState.ENDED : isHealthy ? "ready" : "not ready",
                pid == 0 ? null : pid,
                port(),
                url());
    }

    private int port() {
        return ports.values().stream().findFirst().orElse(0);
    }

    private String url() {
        var address = "127.0.0.1:" + port();
        return ports.isEmpty()
                ? ""
                : WITHOUT_HTTP.stream().anyMatch(service::startsWith) ? address : "http://" + address;
    }
}
