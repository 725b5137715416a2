package dev.strangler.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was done about a feature, its routes, its operations and its ending merged by time, the newest first. */
final class JournalLines {

    private final List<JsonNode> changes;
    private final List<JsonNode> operations;
    private final List<JsonNode> endings;

    /**
     * @param changes of its route
     * @param operations that handed its writes over, or tried to
     * @param endings what sealed and retired it
     */
    JournalLines(List<JsonNode> changes, List<JsonNode> operations, List<JsonNode> endings) {
        this.changes = changes;
        this.operations = operations;
        this.endings = endings;
    }

    private record Line(String when, String who, String change, String why) {}

    /** As they came, each told apart by {@code kind}: {@code route}, {@code operation} or {@code ending}. An operation stands where it began. */
    Map<String, List<JsonNode>> items() {
        var items = Stream.of(
                        changes.stream().map(change -> told(change, "route", change.path("when"))),
                        operations.stream().map(operation -> told(operation, "operation", operation.path("startedAt"))),
                        endings.stream().map(ending -> told(ending, "ending", ending.path("when"))))
                .flatMap(lines -> lines)
                .sorted(newestFirst(item -> item.path("when").asString("")))
                .toList();
        return Map.of("items", items);
    }

    private static JsonNode told(JsonNode item, String kind, JsonNode when) {
        return item instanceof ObjectNode object
                ? object.deepCopy().put("kind", kind).put("when", when.asString(""))
                : item;
    }

    /**
     * For people.
     *
     * @param withSteps whether every step of an operation is a line, instead of those that failed
     */
    List<List<String>> rows(boolean withSteps) {
        var lines = new ArrayList<Line>();
        // What happened at the same moment stands in the order in which it was told.
        operations.forEach(operation -> addLines(operation, withSteps, lines));
        changes.forEach(change -> lines.add(new Line(
                change.path("when").asString("?"),
                change.path("who").asString("?"),
                change(change.path("before"), change.path("after")),
                change.path("why").asString(""))));
        endings.forEach(ending -> lines.add(new Line(
                ending.path("when").asString("?"),
                ending.path("who").asString("?"),
                "%s %s, %s"
                        .formatted(
                                ending.path("act").asString("?"),
                                ending.path("outcome").asString("?"),
                                ending.path("operation").asString("?")),
                ending.path("detail").asString(""))));
        lines.sort(newestFirst(Line::when));
        return lines.stream()
                .map(line -> List.of(line.when(), line.who(), line.change(), line.why()))
                .toList();
    }

    private static void addLines(JsonNode operation, boolean withSteps, List<Line> lines) {
        var id = operation.path("id").asString("?");
        var who = operation.path("who").asString("?");
        var began = operation.path("startedAt").asString("?");
        var outcome = operation.path("outcome").asString("?");
        var steps = new ArrayList<JsonNode>();
        operation.path("steps").forEach(steps::add);
        if (outcome.equals("DONE") || outcome.equals("ABORTED")) {
            var ended = steps.isEmpty()
                    ? began
                    : steps.get(steps.size() - 1).path("at").asString(began);
            lines.add(new Line(ended, who, id + " " + ending(outcome, operation), reason(operation)));
        }
        for (var index = steps.size() - 1; index >= 0; index--) {
            var step = steps.get(index);
            var how = step.path("outcome").asString("?");
            if (how.equals("FAILED") || (withSteps && how.equals("DONE"))) {
                lines.add(new Line(
                        step.path("at").asString("?"),
                        who,
                        "%s %s %s".formatted(id, step.path("step").asString("?"), how.toLowerCase(Locale.ROOT)),
                        step.path("detail").asString("")));
            }
        }
        lines.add(new Line(
                began,
                who,
                "%s begun, writes %s".formatted(id, way(operation)),
                operation.path("why").asString("")));
    }

    private static String ending(String outcome, JsonNode operation) {
        var gap = operation.path("gapMillis").isNumber()
                ? ", nobody could write for " + operation.path("gapMillis").asLong(0) + " ms"
                : "";
        return (outcome.equals("DONE") ? "done" : "taken back") + gap;
    }

    private static String reason(JsonNode operation) {
        return operation.path("reason").asString("");
    }

    private static String way(JsonNode operation) {
        return operation.path("direction").asString("?").equals("back") ? "service -> monolith" : "monolith -> service";
    }

    /** What became different, and nothing that stayed. */
    private static String change(JsonNode before, JsonNode after) {
        var changes = new ArrayList<String>();
        difference("reads ", FeatureView.reads(before, "service"), FeatureView.reads(after, "service"), changes);
        difference(
                "writes ",
                before.path("writes").asString("?"),
                after.path("writes").asString("?"),
                changes);
        difference(
                "epoch ",
                before.path("epoch").asString("?"),
                after.path("epoch").asString("?"),
                changes);
        return String.join("; ", changes);
    }

    private static void difference(String what, String before, String after, List<String> changes) {
        if (!before.equals(after)) {
            changes.add(what + before + " -> " + after);
        }
    }

    private static <T> Comparator<T> newestFirst(java.util.function.Function<T, String> when) {
        return Comparator.comparing((T line) -> moment(when.apply(line))).reversed();
    }

    /** Fractions of a second have as many digits as they need, so the texts themselves can't be compared. */
    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException unknown) {
            return Instant.EPOCH;
        }
    }
}
