package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.control.ControlApi;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JournalLinesTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String CHANGES = """
            {"items": [
              {"number": 2, "when": "2026-03-01T10:00:05.120Z", "who": "ann", "why": "op-1 proven",
               "before": {"service": 100, "writes": "monolith", "epoch": 0}, "after": {"service": 100, "writes": "service", "epoch": 1}},
              {"number": 1, "when": "2026-03-01T09:00:00Z", "who": "bob", "why": "a try",
               "before": {"service": 0, "writes": "monolith", "epoch": 0}, "after": {"service": 100, "writes": "monolith", "epoch": 0}}]}""";

    private static final String OPERATIONS = """
            {"items": [
              {"id": "op-2", "who": "cid", "why": "", "direction": "back", "startedAt": "2026-03-01T11:00:00Z", "outcome": "ABORTED",
               "reason": "drain: late", "gapMillis": 3010, "steps": [
                 {"step": "fence", "outcome": "BEGAN", "at": "2026-03-01T11:00:01Z", "detail": ""},
                 {"step": "fence", "outcome": "DONE", "at": "2026-03-01T11:00:01.5Z", "detail": ""},
                 {"step": "drain", "outcome": "FAILED", "at": "2026-03-01T11:00:04Z", "detail": "late"},
                 {"step": "give-back", "outcome": "DONE", "at": "2026-03-01T11:00:05Z", "detail": ""}]},
              {"id": "op-1", "who": "ann", "why": "proven", "direction": "forward", "startedAt": "2026-03-01T10:00:00Z", "outcome": "DONE",
               "gapMillis": 88, "steps": [{"step": "reverse", "outcome": "DONE", "at": "2026-03-01T10:00:06Z", "detail": ""}]}]}""";

    private static final String ENDINGS = """
            {"items": [{"when": "2026-03-02T08:00:00Z", "who": "ann", "act": "seal", "outcome": "DONE", "operation": "op-3", "detail": "for good"}]}""";

    private final JournalLines lines = new JournalLines(items(CHANGES), items(OPERATIONS), items(ENDINGS));

    @Test
    void routes_and_operations_are_merged_by_time_and_the_newest_comes_first() {
        assertThat(lines.rows(false))
                .containsExactly(
                        List.of("2026-03-02T08:00:00Z", "ann", "seal DONE, op-3", "for good"),
                        List.of(
                                "2026-03-01T11:00:05Z",
                                "cid",
                                "op-2 taken back, nobody could write for 3010 ms",
                                "drain: late"),
                        List.of("2026-03-01T11:00:04Z", "cid", "op-2 drain failed", "late"),
                        List.of("2026-03-01T11:00:00Z", "cid", "op-2 begun, writes service -> monolith", ""),
                        List.of("2026-03-01T10:00:06Z", "ann", "op-1 done, nobody could write for 88 ms", ""),
                        List.of(
                                "2026-03-01T10:00:05.120Z",
                                "ann",
                                "writes monolith -> service; epoch 0 -> 1",
                                "op-1 proven"),
                        List.of("2026-03-01T10:00:00Z", "ann", "op-1 begun, writes monolith -> service", "proven"),
                        List.of("2026-03-01T09:00:00Z", "bob", "reads monolith -> service", "a try"));
    }

    @Test
    void steps_are_shown_on_request_without_their_beginnings() {
        assertThat(lines.rows(true))
                .extracting(row -> row.get(2))
                .contains("op-2 fence done", "op-2 give-back done", "op-1 reverse done")
                .hasSize(11);
    }

    @Test
    void json_has_everything_as_it_came_and_says_what_it_is() {
        var items = lines.items().get("items");
        assertThat(items)
                .extracting(item -> item.path("kind").asString())
                .containsExactly("ending", "operation", "route", "operation", "route");
        assertThat(items.get(1).path("steps").size()).isEqualTo(4);
        assertThat(items.get(2).path("number").asInt()).isEqualTo(2);
        assertThat(items.get(3).path("when").asString()).isEqualTo("2026-03-01T10:00:00Z");
    }

    private static List<JsonNode> items(String json) {
        return ControlApi.items(JSON.readTree(json));
    }
}
