package dev.strangler.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.strangler.outbox.relay.RelayConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureMapTest {

    private static final Path SHIPPED = Path.of("..", "strangler.yml");

    @Test
    void the_shipped_map_describes_the_example() {
        var map = FeatureMap.load(SHIPPED, Map.of());
        assertThat(map.features()).extracting(feature -> feature.name().value()).containsExactly("assets", "products");
        var assets = map.feature(new FeatureName("assets")).orElseThrow();
        assertThat(assets.topic()).isEqualTo("assets.v1");
        assertThat(map.deployable(assets, Side.MONOLITH).url()).hasToString("http://127.0.0.1:8090");
        assertThat(map.deployable(assets, Side.SERVICE).name()).isEqualTo("dam");
        assertThat(map.connectors())
                .extracting(RelayConnector::name)
                .containsExactly("monolith-outbox", "dam-outbox", "pim-outbox");
        assertThat(map.connectors().get(0).username()).isEqualTo("monolith_relay");
        assertThat(map.topics()).containsExactly("assets.v1", "products.v1");
        assertThat(map.deployables()).extracting(Deployable::name).containsExactly("monolith", "dam", "pim");
    }

    @Test
    void the_environment_overrides_a_default() {
        var map = FeatureMap.load(SHIPPED, Map.of("MONOLITH_URL", "http://127.0.0.1:9090"));
        assertThat(map.monolith().url()).hasToString("http://127.0.0.1:9090");
    }

    @Test
    void a_password_is_never_printed() {
        var map = FeatureMap.load(SHIPPED, Map.of("MONOLITH_DATABASE_PASSWORD", "s3cret"));
        assertThat(map.monolith().database().owner().password()).isEqualTo("s3cret");
        assertThat(map.toString()).doesNotContain("s3cret");
        var guarded = FeatureMap.load(SHIPPED, Map.of("KAFKA_ADMIN_PASSWORD", "s3cret"));
        assertThat(guarded.kafkaAdministration().get("sasl.jaas.config").toString())
                .contains("s3cret");
        assertThat(guarded.toString()).doesNotContain("s3cret");
    }

    @Test
    void connectors_write_under_the_names_of_their_relay_roles_where_brokers_ask_for_one() {
        assertThat(FeatureMap.load(SHIPPED, Map.of()).connectors()).allSatisfy(connector -> {
            assertThat(connector.configuration())
                    .containsEntry("producer.override.security.protocol", "SASL_PLAINTEXT");
            assertThat(connector.configuration().get("producer.override.sasl.jaas.config"))
                    .contains("username=\"%s\"".formatted(connector.username()));
        });
        assertThat(FeatureMap.parse("strangler.yml", valid(), Map.of()).connectors())
                .allSatisfy(connector ->
                        assertThat(connector.configuration()).doesNotContainKey("producer.override.sasl.jaas.config"));
    }

    @Test
    void sides_are_compared_by_their_verifiers_or_where_there_is_none_by_their_owners() {
        var named = FeatureMap.load(SHIPPED, Map.of()).monolith().database();
        assertThat(named.verifier().name()).isEqualTo("monolith_verifier");
        var unnamed =
                FeatureMap.parse("strangler.yml", valid(), Map.of()).monolith().database();
        assertThat(unnamed.verifier()).isEqualTo(unnamed.owner());
    }

    @Test
    void a_guarded_listener_says_how_names_are_proved() {
        var guarded =
                "kafka: {bootstrap: \"127.0.0.1:9092\", guarded: {bootstrap: \"127.0.0.1:9094\", protocol: PLAINTEXT, mechanism: PLAIN, administrator: {name: admin}}}";
        assertThat(mistakesOf(valid().replace("kafka: {bootstrap: \"127.0.0.1:9092\"}", guarded)))
                .anyMatch(line -> line.startsWith("kafka.guarded.protocol:") && line.contains("SASL_SSL"))
                .anyMatch(line -> line.startsWith("kafka.guarded.administrator.password:"));
    }

    @Test
    void that_nothing_is_left_in_the_monolith_is_said_and_never_assumed() throws IOException {
        var text = Files.readString(SHIPPED);
        var without = FeatureMap.parse(
                "strangler.yml", text.replace("monolith: [asset, asset_tag]", "monolith: []"), Map.of());
        assertThat(without.features().get(0).tablesOn(Side.MONOLITH)).isEmpty();
        assertThat(mistakesOf(text.replace("      monolith: [asset, asset_tag]\n", "")))
                .anyMatch(mistake -> mistake.contains("tables.monolith"));
    }

    @Test
    void every_mistake_is_told_at_once_with_its_place() {
        var mistakes = mistakesOf("""
                monolith:
                  url: not a url
                  database:
                    url: jdbc:oracle:thin
                    owner: {name: monolith, password: "${MISSING}"}
                    relay: {name: monolith_relay, password: x}
                    pace: leisurely
                  colour: red
                services: {}
                kafka: {bootstrap: "127.0.0.1:9092"}
                connect: {url: http://127.0.0.1:8083}
                features:
                  Assets: {}
                  assets:
                    service: dam
                    paths: [api/assets]
                    aggregates: [Asset, Asset]
                    topic: assets v1
                    tables: {monolith: [asset], service: []}
                    packages: {monolith: [shop.assets], service: [dam.assets]}
                """);
        assertThat(mistakes)
                .anyMatch(line -> line.startsWith("monolith.url:") && line.contains("not a url"))
                .anyMatch(line -> line.startsWith("monolith.database.url:"))
                .anyMatch(line -> line.contains("MISSING is not set"))
                .anyMatch(line -> line.startsWith("monolith.database.pace: 'leisurely' is no pace."))
                .anyMatch(line -> line.startsWith("monolith.colour: unknown key"))
                .anyMatch(line -> line.startsWith("features.Assets:"))
                .anyMatch(line -> line.startsWith("features.assets.service: 'dam' is none of the services"))
                .anyMatch(line -> line.startsWith("features.assets.paths:"))
                .anyMatch(line -> line.startsWith("features.assets.aggregates[1]: 'Asset' is there twice"))
                .anyMatch(line -> line.startsWith("features.assets.topic:"))
                .anyMatch(line -> line.startsWith("features.assets.tables.service:"))
                .hasSize(11);
    }

    @Test
    void a_thing_with_two_owners_is_refused() {
        var mistakes = mistakesOf(valid().replace("/api/products", "/api/assets/linked")
                .replace("[product]", "[asset]")
                .replace("products.v1", "assets.v1")
                .replace("[shop.products]", "[shop.assets.products]")
                .replace("[Product]", "[Asset]"));
        assertThat(mistakes)
                .anyMatch(line -> line.contains("both claim the path /api/assets / /api/assets/linked"))
                .anyMatch(line -> line.contains("both claim the table asset"))
                .anyMatch(line -> line.contains("both claim the topic assets.v1"))
                .anyMatch(line -> line.contains("both claim the package shop.assets / shop.assets.products"))
                .anyMatch(line -> line.contains("both claim the aggregate type Asset"));
    }

    @Test
    void paths_that_are_never_reachable_are_no_feature() {
        assertThat(mistakesOf(valid().replace("[/api/products]", "[/actuator, /Internal/blobs, /strangler-tools]")))
                .hasSize(2)
                .allMatch(line -> line.startsWith("features.products.paths:") && line.contains("never reachable"));
    }

    @Test
    void what_stays_with_the_monolith_is_named_and_may_be_above_a_feature_but_not_below() {
        assertThat(FeatureMap.load(SHIPPED, Map.of()).staying()).containsExactly("/admin");
        assertThat(FeatureMap.parse("strangler.yml", valid(), Map.of()).staying())
                .isEmpty();
        assertThat(FeatureMap.parse("strangler.yml", staying("[/api]"), Map.of())
                        .staying())
                .containsExactly("/api");
        assertThat(mistakesOf(staying("[/api/assets, /api/products/old, /actuator/x, admin]")))
                .anyMatch(line -> line.contains("features.assets: both claim the path /api/assets"))
                .anyMatch(line -> line.contains("features.products: both claim the path /api/products/old"))
                .anyMatch(line -> line.startsWith("monolith.paths: '/actuator/x' is never reachable"))
                .anyMatch(line -> line.startsWith("monolith.paths: 'admin' is not a path"))
                .hasSize(4);
        assertThat(mistakesOf(valid().replace("  dam: *side", "  dam: {paths: [/x]}")))
                .anyMatch(line -> line.startsWith("services.dam.paths: unknown key"));
    }

    private static String staying(String paths) {
        return valid().replace("monolith: &side", "monolith:\n  paths: " + paths)
                .replace("  database:", "  database: &database")
                .replace("dam: *side", "dam: {url: http://127.0.0.1:8091, database: *database}");
    }

    @Test
    void what_is_no_yaml_is_refused_with_the_line() {
        assertThat(mistakesOf("features: ["))
                .singleElement()
                .asString()
                .contains("no YAML")
                .contains("line 1");
        assertThat(mistakesOf("kafka: {}\nkafka: {}\n"))
                .singleElement()
                .asString()
                .contains("duplicate key");
    }

    @Test
    void an_empty_file_names_what_is_missing() {
        assertThat(mistakesOf(""))
                .anyMatch(line -> line.startsWith("monolith.url: must be a text"))
                .anyMatch(line -> line.startsWith("features: there is no feature"));
    }

    private static List<String> mistakesOf(String yaml) {
        return catchThrowableOfType(WrongFeatureMap.class, () -> FeatureMap.parse("strangler.yml", yaml, Map.of()))
                .mistakes();
    }

    private static String valid() {
        return """
                monolith: &side
                  url: http://127.0.0.1:8090
                  database:
                    url: jdbc:postgresql://127.0.0.1:5432/monolith
                    owner: {name: monolith, password: x}
                    relay: {name: monolith_relay, password: x}
                services:
                  dam: *side
                kafka: {bootstrap: "127.0.0.1:9092"}
                connect: {url: http://127.0.0.1:8083}
                features:
                  assets:
                    service: dam
                    paths: [/api/assets]
                    aggregates: [Asset]
                    topic: assets.v1
                    tables: {monolith: [asset], service: [asset]}
                    packages: {monolith: [shop.assets], service: [dam.assets]}
                  products:
                    service: dam
                    paths: [/api/products]
                    aggregates: [Product]
                    topic: products.v1
                    tables: {monolith: [product], service: [product]}
                    packages: {monolith: [shop.products], service: [dam.products]}
                """;
    }
}
