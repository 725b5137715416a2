package dev.strangler.architecture.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cutover.FeatureMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicLawsTest {

    private static final Path MAP = Path.of("..", "strangler.yml");

    @TempDir
    Path directory;

    private FeatureMap map = FeatureMap.load(MAP, Map.of());

    private final List<TopicRight> rights = new ArrayList<>(List.of(
            new TopicRight("User:monolith_relay", "assets.v1", false),
            new TopicRight("User:monolith_relay", "products.v1", false),
            new TopicRight("User:dam_relay", "assets.v1", false),
            new TopicRight("User:pim_relay", "products.v1", false),
            new TopicRight("User:connect", "strangler-connect-", true)));

    private final Map<String, Map<String, String>> connectors = new HashMap<>();

    private void theMapsOwn() {
        map.connectors().forEach(connector -> connectors.put(connector.name(), connector.configuration()));
    }

    @Test
    void what_the_map_says_is_right() {
        theMapsOwn();
        connectors.put("to-the-warehouse", Map.of("topics", "assets.v1"));
        TopicLaws.of(map).judge(rights, connectors).check();
    }

    @ParameterizedTest
    @CsvSource({
        "User:pim_relay, assets.v1, false, assets",
        "User:reporting, products, true, products",
        "User:ANONYMOUS, assets.v1, false, assets",
        "Group:everyone, assets.v1, false, assets"
    })
    void a_right_that_is_wider_than_the_map_is_named_with_its_way_out(
            String who, String topic, boolean isPrefix, String feature) {
        theMapsOwn();
        rights.add(new TopicRight(who, topic, isPrefix));
        assertThat(TopicLaws.of(map).judge(rights, connectors).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.law()).isEqualTo(Law.W15);
                    assertThat(finding.feature()).isEqualTo(feature);
                    assertThat(finding.message()).contains(who + " may write " + feature, "kafka-acls --remove");
                });
    }

    @Test
    void a_right_to_all_topics_is_one_to_each_feature_s() {
        theMapsOwn();
        rights.add(new TopicRight("User:connect", "*", false));
        assertThat(TopicLaws.of(map).judge(rights, connectors).findings())
                .extracting(Finding::feature)
                .containsExactlyInAnyOrder("assets", "products");
    }

    @Test
    void two_connectors_of_one_database_say_everything_twice() throws IOException {
        theMapsOwn();
        connectors.put("copied-by-hand", map.connectors().get(0).configuration());
        assertThat(TopicLaws.of(map).judge(rights, connectors).findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).contains("copied-by-hand and monolith-outbox", "monolith_relay"));

        withoutAGuard();
        connectors.put("copied-by-hand", map.connectors().get(0).configuration());
        assertThat(TopicLaws.of(map).judge(List.of(), connectors).of(Law.W15)).hasSize(1);
    }

    @Test
    void a_connector_that_is_of_nobody_is_named() throws IOException {
        theMapsOwn();
        connectors.put("orders", Map.of("connector.class", "Some", "database.dbname", "orders"));
        assertThat(TopicLaws.of(map).judge(rights, connectors).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("orders", "in the worker's name"));

        withoutAGuard();
        connectors.put("orders", Map.of("connector.class", "Some", "database.dbname", "orders"));
        assertThat(TopicLaws.of(map).judge(List.of(), connectors).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("from database orders"));
    }

    @Test
    void nothing_to_look_at_proves_nothing() {
        assertThatThrownBy(() -> TopicLaws.of(map).judge(rights, connectors))
                .isInstanceOf(IllegalArgumentException.class);
        theMapsOwn();
        assertThatThrownBy(() -> TopicLaws.of(map).judge(List.of(), connectors))
                .hasMessageContaining("0 rights were given");
    }

    private void withoutAGuard() throws IOException {
        var text = Files.readString(MAP).replaceAll("(?ms)^  guarded:.*?(?=^connect:)", "");
        map = FeatureMap.load(Files.writeString(directory.resolve("strangler.yml"), text), Map.of());
        connectors.clear();
        theMapsOwn();
    }
}
