package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeaturePathsTest {

    private final FeaturePaths paths = new FeaturePaths(
            List.of(feature("assets", "/api/assets"), feature("products", "/api/products", "/shop")),
            List.of("/admin"));

    @Test
    void a_feature_has_its_path_and_all_below_it() {
        assertThat(find("/api/assets")).contains("assets");
        assertThat(find("/api/assets/")).contains("assets");
        assertThat(find("/api/assets/1/content")).contains("assets");
        assertThat(find("/api/products/internal/actuator")).contains("products");
        assertThat(find("/shop/x")).contains("products");
        assertThat(find("/api/%61ssets/1")).contains("assets");
    }

    @Test
    void a_longer_word_is_another_path() {
        assertThat(find("/api/assetsandmore")).isEmpty();
        assertThat(find("/api/assets-old")).isEmpty();
        assertThat(find("/api")).isEmpty();
        assertThat(find("/")).isEmpty();
        assertThat(find("/API/assets")).isEmpty();
    }

    @Test
    void the_longest_path_wins() {
        var nested = new FeaturePaths(
                List.of(feature("all", "/api"), feature("assets", "/api/assets")), List.of("/api/orders"));
        assertThat(nested.find(RequestPath.parse("/api/assets/1")))
                .map(FeaturePathsTest::name)
                .contains("assets");
        assertThat(nested.find(RequestPath.parse("/api/other")))
                .map(FeaturePathsTest::name)
                .contains("all");
        assertThat(nested.find(RequestPath.parse("/api/orders/1"))).isEmpty();
        assertThat(nested.stays(RequestPath.parse("/api/orders/1"))).isTrue();
    }

    @Test
    void what_stays_with_the_monolith_is_no_features() {
        for (var path : List.of("/admin", "/admin/", "/admin/panel.js")) {
            assertThat(paths.stays(RequestPath.parse(path))).as(path).isTrue();
            assertThat(find(path)).as(path).isEmpty();
        }
        for (var path : List.of("/", "/administrator", "/ADMIN", "/api/assets", "/api/assets/admin")) {
            assertThat(paths.stays(RequestPath.parse(path))).as(path).isFalse();
        }
    }

    @Test
    void reserved_paths_are_nobodys_even_if_a_map_said_so() {
        var careless = new FeaturePaths(
                List.of(feature("all", "/internal", "/actuator", "/strangler", "/Internal")), List.of("/actuator"));
        for (var path : List.of("/internal/blobs/1", "/actuator", "/actuator/env", "/strangler/x", "/Internal/blobs")) {
            assertThat(careless.find(RequestPath.parse(path))).isEmpty();
            assertThat(careless.stays(RequestPath.parse(path))).isFalse();
        }
    }

    private Optional<String> find(String raw) {
        return paths.find(RequestPath.parse(raw)).map(FeaturePathsTest::name);
    }

    private static String name(Feature feature) {
        return feature.name().value();
    }

    private static Feature feature(String name, String... paths) {
        return new Feature(new FeatureName(name), "dam", List.of(paths), Set.of(), name + ".v1", Map.of(), Map.of());
    }
}
