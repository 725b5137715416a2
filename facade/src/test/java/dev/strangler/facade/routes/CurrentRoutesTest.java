package dev.strangler.facade.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurrentRoutesTest {

    private static final FeatureName ASSETS = new FeatureName("assets");

    private final CurrentRoutes routes = new CurrentRoutes();

    @Test
    void a_feature_that_nobody_changed_is_at_the_monolith() {
        assertThat(routes.of(ASSETS)).isEqualTo(Route.atMonolith(ASSETS));
        assertThat(routes.versions()).isEmpty();
    }

    @Test
    void only_what_is_new_is_told() {
        var moved = Route.atMonolith(ASSETS).readingAtService(new Percentage(25));
        assertThat(routes.take(List.of(moved))).containsExactly(moved);
        assertThat(routes.take(List.of(moved))).isEmpty();
        assertThat(routes.of(ASSETS)).isEqualTo(moved);
        assertThat(routes.versions()).isEqualTo(Map.of(ASSETS, 2L));
    }

    @Test
    void a_route_never_goes_back_to_an_earlier_version() {
        var moved = Route.atMonolith(ASSETS).readingAtService(new Percentage(25));
        var back = moved.readingAtService(Percentage.NONE);
        routes.take(List.of(back));
        assertThat(routes.take(List.of(moved))).isEmpty();
        assertThat(routes.of(ASSETS)).isEqualTo(back);
    }
}
