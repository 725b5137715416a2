package dev.strangler.facade.moving;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.Plan;
import dev.strangler.facade.routes.CurrentRoutes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** Figures of handing writes over: those of routes and fences at every instance, those of operations at the one that leads them. */
final class HandoverMeters implements MeterBinder, Onlooker {

    private static final String FEATURE = "feature";
    private static final String DIRECTION = "direction";

    private final FeatureMap map;
    private final CurrentRoutes routes;
    private final WatchingFences fences;
    private final Set<MeterRegistry> registries = new CopyOnWriteArraySet<>();

    HandoverMeters(FeatureMap map, CurrentRoutes routes, WatchingFences fences) {
        this.map = map;
        this.routes = routes;
        this.fences = fences;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        for (var feature : map.features()) {
            var name = feature.name();
            Gauge.builder("strangler.feature.owner", routes, now -> now.of(name).writes() == Side.SERVICE ? 1 : 0)
                    .description("Who writes by the route that this instance goes by: 0 the monolith, 1 the service")
                    .tag(FEATURE, name.value())
                    .register(registry);
            Gauge.builder(
                            "strangler.feature.epoch",
                            routes,
                            now -> now.of(name).epoch().value())
                    .description("The epoch of that owner; it grows with each handover")
                    .tag(FEATURE, name.value())
                    .register(registry);
            for (var side : Side.values()) {
                Gauge.builder("strangler.fence.holes", fences, now -> holes(now, name, side))
                        .description("Ways past the fence, as of the last look; NaN when that is not known")
                        .tags(FEATURE, name.value(), "side", word(side))
                        .register(registry);
            }
            for (var direction : Direction.values()) {
                gap(registry, name, direction);
                refusals(registry, name, direction);
                ended(registry, name, direction, Ending.DONE);
                ended(registry, name, direction, Ending.ABORTED);
            }
        }
    }

    @Override
    public void refused(Plan plan) {
        var operation = plan.operation();
        registries.forEach(registry ->
                refusals(registry, operation.feature(), operation.direction()).increment());
    }

    @Override
    public void ended(Conclusion conclusion) {
        var operation = conclusion.operation();
        registries.forEach(registry -> {
            if (conclusion.gap() != null) {
                gap(registry, operation.feature(), operation.direction()).record(conclusion.gap());
            }
            ended(registry, operation.feature(), operation.direction(), conclusion.ending())
                    .increment();
        });
    }

    private static double holes(WatchingFences fences, FeatureName feature, Side side) {
        return fences.newest(feature).stream()
                .filter(audit -> audit.side() == side && audit.holes().value() != null)
                .mapToDouble(audit -> audit.known().size())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static Timer gap(MeterRegistry registry, FeatureName feature, Direction direction) {
        return Timer.builder("strangler.handover.gap")
                .description("How long nobody could write, from the fence to the release")
                .tags(tags(feature, direction))
                .register(registry);
    }

    private static Counter refusals(MeterRegistry registry, FeatureName feature, Direction direction) {
        return Counter.builder("strangler.handover.refused")
                .description("Orders that a gate turned down")
                .tags(tags(feature, direction))
                .register(registry);
    }

    private static Counter ended(MeterRegistry registry, FeatureName feature, Direction direction, Ending ending) {
        return Counter.builder("strangler.handover.ended")
                .description("Runs of operations by how they ended; one that is unfinished is run again")
                .tags(tags(feature, direction))
                .tag("ending", word(ending))
                .register(registry);
    }

    private static Tags tags(FeatureName feature, Direction direction) {
        return Tags.of(FEATURE, feature.value(), DIRECTION, word(direction));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
