package dev.strangler.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Deliberately bad schemas, each of which the check must catch, and say so in words that lead to the mistake. */
class SchemaHistoryBitesTest {

    private static final String V1 = """
            {"type": "object", "required": ["id", "size"], "properties": {
              "id": {"type": "string"}, "size": {"type": "integer", "minimum": 0},
              "status": {"enum": ["ACTIVE", "TRASHED"]}, "tags": {"type": "array"}, "note": {"type": ["string", "null"]}}}""";
    private static final String EXAMPLE = """
            {"id": "a", "size": 12, "status": "TRASHED", "tags": ["x"], "note": "n"}""";

    @Test
    void a_field_that_became_required_is_named() {
        assertThat(breaksOfV2(V1.replace("[\"id\", \"size\"]", "[\"id\", \"size\", \"owner\"]")))
                .containsExactly("LampLit v2 no longer accepts v1 example LampLit.v1.example-1.json:"
                        + " field 'owner' became required at /owner");
    }

    @Test
    void a_field_that_became_required_is_found_though_every_example_has_it() {
        assertThat(breaksOfV2(V1.replace("[\"id\", \"size\"]", "[\"id\", \"size\", \"tags\"]")))
                .containsExactly("LampLit v2 no longer accepts v1 example LampLit.v1.example-1.json without /tags,"
                        + " which v1 accepts: field 'tags' became required at /tags");
    }

    @Test
    void a_changed_type_is_named() {
        assertThat(breaksOfV2(V1.replace("\"integer\"", "\"string\"")))
                .anySatisfy(said -> assertThat(said)
                        .startsWith("LampLit v2 no longer accepts v1 example LampLit.v1.example-1.json:")
                        .contains("field 'size' changed its type to string at /size"));
    }

    @Test
    void a_value_that_is_no_longer_known_is_named() {
        assertThat(breaksOfV2(V1.replace(", \"TRASHED\"", "")))
                .containsExactly("LampLit v2 no longer accepts v1 example LampLit.v1.example-1.json:"
                        + " field 'status' may no longer be TRASHED, only [\"ACTIVE\"], at /status");
    }

    @Test
    void a_field_that_may_no_longer_be_null_is_named() {
        assertThat(breaksOfV2(V1.replace("[\"string\", \"null\"]", "\"string\"")))
                .containsExactly("LampLit v2 no longer accepts v1 example LampLit.v1.example-1.json with null at /note,"
                        + " which v1 accepts: field 'note' changed its type to string at /note");
    }

    @Test
    void a_narrower_range_is_named() {
        assertThat(breaksOfV2(V1.replace("\"minimum\": 0", "\"minimum\": 20")))
                .anySatisfy(said -> assertThat(said)
                        .contains("field 'size' may no longer be 12, as it now must meet 'minimum: 20', at /size"));
        assertThat(breaksOfV2(
                        V1.replace("\"id\": {\"type\": \"string\"", "\"id\": {\"maxLength\": 9, \"type\": \"string\"")))
                .anySatisfy(said ->
                        assertThat(said).contains("with a long text at /id").contains("maxLength: 9"));
    }

    @Test
    void closing_the_schema_to_unknown_fields_is_named() {
        assertThat(breaksOfV2(V1.replaceFirst("\\{", "{\"additionalProperties\": false, ")))
                .containsExactly(
                        "LampLit v2 no longer accepts v1 example LampLit.v1.example-1.json with an unknown field,"
                                + " which v1 accepts: field 'unknown-to-all' is no longer allowed at /unknown-to-all");
    }

    @Test
    void a_dropped_or_wider_field_breaks_nothing() {
        assertThat(breaksOfV2(V1.replace("[\"id\", \"size\"]", "[\"id\"]"))).isEmpty();
        assertThat(breaksOfV2(V1.replace("\"TRASHED\"", "\"TRASHED\", \"PURGED\"")))
                .isEmpty();
    }

    @Test
    void a_schema_that_a_newer_version_refers_to_is_followed() {
        var files = files(V1);
        files.put("lamps.v1/LampState.v1.schema.json", "{\"required\": [\"colour\"]}");
        files.put("lamps.v1/LampLit.v2.schema.json", "{\"$ref\": \"LampState.v1.schema.json\"}");
        files.put("lamps.v1/LampLit.v2.example-1.json", "{\"colour\": \"red\"}");

        assertThat(breaks(files))
                .containsExactly("LampLit v2 no longer accepts v1 example LampLit.v1.example-1.json:"
                        + " field 'colour' became required at /colour");
    }

    @Test
    void a_change_of_a_published_version_is_said_even_where_no_example_shows_it() {
        var files = files(V1);
        String frozen = new SchemaHistory(files, "").freeze();
        files.put("lamps.v1/LampLit.v1.schema.json", V1.replace("\"minimum\": 0", "\"minimum\": 1"));

        assertThat(new SchemaHistory(files, frozen).breaks())
                .containsExactly("LampLit v1 was changed after it was published (lamps.v1/LampLit.v1.schema.json)."
                        + " Undo that, and put the change into the next version.");
    }

    @Test
    void a_change_of_a_published_version_that_breaks_its_own_example_says_both() {
        var files = files(V1);
        String frozen = new SchemaHistory(files, "").freeze();
        files.put("lamps.v1/LampLit.v1.schema.json", V1.replace("[\"id\", \"size\"]", "[\"id\", \"size\", \"owner\"]"));

        assertThat(new SchemaHistory(files, frozen).breaks())
                .hasSize(2)
                .contains("LampLit v1 does not accept its own example LampLit.v1.example-1.json:"
                        + " field 'owner' became required at /owner");
    }

    @Test
    void reformatting_is_no_change() {
        var files = files(V1);
        String frozen = new SchemaHistory(files, "").freeze();
        files.put("lamps.v1/LampLit.v1.schema.json", V1.replace("\n", " ").replace(": ", ":"));

        assertThat(new SchemaHistory(files, frozen).breaks()).isEmpty();
    }

    @Test
    void a_published_version_that_is_gone_is_said() {
        var files = files(V1);
        String frozen = new SchemaHistory(files, "").freeze();
        files.remove("lamps.v1/LampLit.v1.example-1.json");

        assertThat(new SchemaHistory(files, frozen).breaks())
                .anySatisfy(said -> assertThat(said).contains("is gone, though it is published"))
                .anySatisfy(said -> assertThat(said).contains("LampLit v1 has no example"));
    }

    @Test
    void a_version_that_is_not_frozen_gets_the_line_that_would_freeze_it() {
        var files = files(V1);

        assertThat(new SchemaHistory(files, "").breaks())
                .hasSize(2)
                .allSatisfy(said ->
                        assertThat(said).containsPattern("add this line to frozen.sha256: [0-9a-f]{64}  lamps"));
    }

    @Test
    void a_gap_in_the_versions_is_said() {
        var files = files(V1);
        files.put("lamps.v1/LampLit.v3.schema.json", V1);
        files.put("lamps.v1/LampLit.v3.example-1.json", EXAMPLE);

        assertThat(breaks(files))
                .containsExactly("LampLit v3 has no version 2 before it. Number versions without gaps.");
    }

    private static List<String> breaksOfV2(String schema) {
        var files = files(V1);
        files.put("lamps.v1/LampLit.v2.schema.json", schema);
        // Its own example is right by construction, so that only what it does to version 1 is heard.
        files.put("lamps.v1/LampLit.v2.example-1.json", EXAMPLE.replaceFirst("\\{", "{\"owner\": \"o\","));
        return breaks(files).stream()
                .filter(said -> !said.contains("its own example"))
                .toList();
    }

    private static List<String> breaks(Map<String, String> files) {
        return new SchemaHistory(files, new SchemaHistory(files, "").freeze()).breaks();
    }

    private static Map<String, String> files(String v1) {
        var files = new TreeMap<String, String>();
        files.put("lamps.v1/LampLit.v1.schema.json", v1);
        files.put("lamps.v1/LampLit.v1.example-1.json", EXAMPLE);
        return files;
    }
}
