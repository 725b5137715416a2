package dev.strangler.facade.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Holds;
import dev.strangler.cutover.Instances;
import dev.strangler.cutover.Routes;
import dev.strangler.facade.routes.FollowingRoutes.Pace;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FollowingRoutesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final FollowingRoutes following = new FollowingRoutes(
            withNothing(Routes.class),
            withNothing(Holds.class),
            withNothing(Instances.class),
            new CurrentRoutes(),
            new ObeyingHolds(new NobodyWrites(), Duration.ofSeconds(1)),
            Pace.STANDARD,
            "one",
            Clock.fixed(NOON, ZoneOffset.UTC),
            nanos::get,
            route -> {});

    /** Its clock may have been set back meanwhile: here it stands still. */
    @Test
    void who_has_not_looked_for_long_knows_it_whatever_the_clock_shows() {
        assertThat(following.isStale()).as("before the first look").isTrue();
        following.look();
        nanos.addAndGet(Pace.STANDARD.stale().toNanos());
        assertThat(following.isStale()).isFalse();
        nanos.incrementAndGet();
        assertThat(following.isStale()).isTrue();
        following.look();
        assertThat(following.isStale()).isFalse();
    }

    private static <T> T withNothing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getReturnType() == List.class ? List.of() : null));
    }

    private static final class NobodyWrites implements ObeyingHolds.Gate {

        @Override
        public void hold(FeatureName feature) {}

        @Override
        public void release(FeatureName feature) {}

        @Override
        public int underWay(FeatureName feature) {
            return 0;
        }
    }
}
