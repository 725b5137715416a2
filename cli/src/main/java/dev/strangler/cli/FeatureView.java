package dev.strangler.cli;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Features of the control API as lines for people: one row per feature, and below it what needs a person. What the façade
 * could not find out is shown as unknown with its reason, never as well.
 */
final class FeatureView {

    private static final List<String> HEADS =
            List.of("FEATURE", "READS", "WRITES", "EPOCH", "BEHIND", "RELAY", "INSTANCES");

    private final Terminal terminal;
    private final Set<String> remarks = new LinkedHashSet<>();

    private FeatureView(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Where the control API keeps the feature. */
    static String path(String feature) {
        if (!feature.matches("[a-z][a-z0-9-]{0,62}")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'" + Terminal.safe(feature)
                            + "' cannot be the name of a feature: names are small letters, digits and"
                            + " dashes. ./strangler features lists them.");
        }
        return "/control/features/" + feature;
    }

    static void print(JsonNode features, Terminal terminal) {
        new FeatureView(terminal).print(ControlApi.items(features));
    }

    private void print(List<JsonNode> features) {
        terminal.table(HEADS, features.stream().map(this::row).toList());
        features.forEach(this::data);
        features.forEach(this::remarkOnFences);
        remarks.forEach(remark -> terminal.line("! " + Terminal.safe(remark)));
    }

    /** How far the feature's data is copied, proven alike, and crossing. */
    private void data(JsonNode feature) {
        var name = feature.path("name").asString("?");
        var reading = feature.path("data");
        if (!isUnknown(reading, "the data of " + name) && reading.path("value").isObject()) {
            terminal.line(Terminal.safe(name + ": " + DataLines.feature(reading.path("value"))));
        }
    }

    private List<String> row(JsonNode feature) {
        var route = feature.path("route");
        return List.of(
                feature.path("name").asString("?"),
                reads(route, feature.path("service").asString("service")) + shadow(route),
                route.path("writes").asString("?"),
                route.path("epoch").asString("?"),
                behind(feature),
                relays(feature),
                instances(feature));
    }

    /** Where reads go, in words. */
    static String reads(JsonNode route, String service) {
        int share = route.path("service").asInt(0);
        return switch (share) {
            case 0 -> "monolith";
            case 100 -> service;
            default -> service + " " + share + " %, monolith " + (100 - share) + " %";
        };
    }

    private static String shadow(JsonNode route) {
        int share = route.path("shadow").asInt(0);
        return share == 0 ? "" : ", " + share + " % compared";
    }

    /** How many records each consumer of the feature's topic has still to apply. */
    private String behind(JsonNode feature) {
        var consumers = new ArrayList<String>();
        for (var side : feature.path("consumers")) {
            var name = side.path("side").asString("?");
            var reading = side.path("consumers");
            if (isUnknown(reading, "the consumers of " + feature.path("topic").asString("?") + " at " + name)) {
                consumers.add(name + " unknown");
                continue;
            }
            for (var consumer : reading.path("value")) {
                consumers.add(name + " " + consumer.path("behind").asString("unknown"));
                remarkOnParked(consumer);
            }
        }
        return consumers.isEmpty() ? "-" : String.join(", ", consumers);
    }

    private void remarkOnParked(JsonNode consumer) {
        long parked = consumer.path("parkedKeys").asLong(0);
        if (parked > 0) {
            remarks.add(consumer.path("consumer").asString("?") + " has parked " + parked
                    + (parked == 1 ? " key" : " keys") + "; see ./strangler parked.");
        }
    }

    private void remarkOnFences(JsonNode feature) {
        var name = feature.path("name").asString("?");
        for (var fence : feature.path("fences")) {
            var which = "the fence of " + name + " at " + fence.path("side").asString("?");
            if (!isUnknown(fence.path("holes"), which)) {
                fence.path("holes")
                        .path("value")
                        .forEach(hole -> remarks.add(which + " has a hole: " + hole.asString("")));
            }
        }
    }

    private String relays(JsonNode feature) {
        var reading = feature.path("relays");
        if (isUnknown(reading, "the relay")) {
            return "unknown";
        }
        var states = new ArrayList<String>();
        for (var relay : reading.path("value")) {
            var condition = relay.path("condition").asString("?").toLowerCase(Locale.ROOT);
            states.add(condition + lag(relay));
            var setup = relay.path("setup").asString("");
            if (!setup.isEmpty()) {
                remarks.add(relay.path("connector").asString("?") + " is not set up: " + setup);
            } else if (!condition.equals("running")) {
                remarks.add(relay.path("connector").asString("?") + ": "
                        + relay.path("detail").asString("no detail"));
            }
        }
        return states.isEmpty() ? "-" : String.join(", ", states);
    }

    private static String lag(JsonNode relay) {
        double oldest = relay.path("lag").path("value").path("oldestSeconds").asDouble(0);
        return oldest < 1 ? "" : String.format(Locale.ROOT, ", %.0f s behind", oldest);
    }

    /** How many instances of the façade go by the stored route. */
    private String instances(JsonNode feature) {
        var reading = feature.path("instances");
        if (isUnknown(reading, "the instances of the façade")) {
            return "unknown";
        }
        int alive = 0;
        int current = 0;
        for (var instance : reading.path("value")) {
            alive++;
            if (instance.path("isCurrent").asBoolean(false)) {
                current++;
            } else {
                remarks.add("instance " + instance.path("name").asString("?") + " goes by version "
                        + instance.path("version").asString("?") + " of the route of "
                        + feature.path("name").asString("?") + ", not by the stored one.");
            }
        }
        return current + " of " + alive;
    }

    private boolean isUnknown(JsonNode reading, String what) {
        var reason = reading.path("unknown").asString("");
        if (reason.isEmpty()) {
            return false;
        }
        remarks.add(what + " cannot be asked: " + reason);
        return true;
    }
}
