package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DataLinesTest {

    @Test
    void a_feature_whose_data_fares_well_is_one_line() {
        assertThat(DataLines.feature(json("""
                        {"backfill": {"state": "DONE", "appended": 1200, "total": 1200},
                         "proof": {"verdict": "EQUAL", "rows": 1200, "ageSeconds": 720},
                         "tracings": [{"direction": "forward", "roundTripMillis": 34, "ageSeconds": 3},
                                      {"direction": "back", "roundTripMillis": 41, "ageSeconds": 4}]}
                        """)))
                .isEqualTo("data proven equal 12 min ago; forward 34 ms, 3 s ago; back 41 ms, 4 s ago;"
                        + " backfill done, 1,200 rows");
    }

    @Test
    void what_is_missing_or_stale_is_said() {
        assertThat(DataLines.feature(json("""
                        {"tracings": [{"direction": "back", "trouble": "connection refused"}]}"""))).isEqualTo("data not proven; back never crossed (connection refused)");
        assertThat(DataLines.proof(json("""
                        {"verdict": "EQUAL", "ageSeconds": 100000, "stale": "it is 1666 min old, allowed are 1440 min"}""")))
                .isEqualTo("proven equal 27 h ago (stale: it is 1666 min old, allowed are 1440 min)");
    }

    @Test
    void a_backfill_says_how_fast_it_is_and_why_it_waits() {
        assertThat(DataLines.backfill(json("""
                        {"state": "RUNNING", "appended": 400000, "total": 1000000, "rate": 4000.4, "secondsLeft": 150,
                         "waiting": "dam-assets is 30,000 events behind, allowed are 20,000"}""")))
                .isEqualTo("400,000 of 1,000,000 rows, 4,000/s, 2 min left,"
                        + " waits: dam-assets is 30,000 events behind, allowed are 20,000");
    }

    @Test
    void a_discrepancy_names_key_field_and_what_repairs_it() {
        assertThat(DataLines.verification(json("""
                        {"repaired": 0, "proof": {"verdict": "DIFFERENT", "rows": 9, "discrepancies": 2}, "discrepancies": [
                          {"key": "a", "kind": "DIFFERENT", "ownerVersion": 3, "copyVersion": 3, "repair": "snapshot",
                           "fields": [{"path": "size", "owner": "7", "copy": "0"}, {"path": "tags[1]", "owner": "\\"b\\""}]},
                          {"key": "b", "kind": "EXTRA", "copyVersion": 1, "repair": "none", "why": "Deleted.", "fields": []}],
                         "trouble": "The relay is away."}
                        """)))
                .containsExactly(
                        "2 rows differ (9 rows)",
                        "The relay is away.",
                        "  a different, owner v3, copy v3, repaired by a snapshot",
                        "    size: owner 7, copy 0",
                        "    tags[1]: owner \"b\", copy absent",
                        "  b extra, owner has none, copy v1, not repaired: Deleted.");
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }
}
