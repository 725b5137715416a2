package dev.strangler.facade.control;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Instances;
import dev.strangler.cutover.Proof;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.Routes;
import dev.strangler.facade.control.FeatureReport.Acknowledging;
import dev.strangler.facade.control.FeatureReport.Consuming;
import dev.strangler.facade.data.LookingAtData;
import dev.strangler.facade.moving.WatchingFences;
import dev.strangler.facade.relay.RelayDuties;
import dev.strangler.facade.relay.RelayReport;
import dev.strangler.facade.routes.FollowingRoutes;
import dev.strangler.facade.sides.Consumers;
import dev.strangler.facade.sides.Consumers.Consumer;
import dev.strangler.facade.sides.ParkedKeys;
import dev.strangler.facade.sides.ParkedKeys.ParkedKey;
import dev.strangler.facade.sides.Reading;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at everything at once and within a time limit: what is away or slow becomes "unknown", with the reason, and nothing else. */
@Component
class Looking implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final int THREADS = 8;
    private static final int QUEUE = 64;

    private final FeatureMap map;
    private final Routes routes;
    private final FollowingRoutes following;
    private final RelayDuties relays;
    private final Consumers consumers;
    private final ParkedKeys parked;
    private final LookingAtData data;
    private final WatchingFences fences;
    private final Clock clock;
    private final ExecutorService threads;

    Looking(
            FeatureMap map,
            Routes routes,
            FollowingRoutes following,
            RelayDuties relays,
            Consumers consumers,
            ParkedKeys parked,
            LookingAtData data,
            WatchingFences fences,
            Clock clock) {
        this.map = map;
        this.routes = routes;
        this.following = following;
        this.relays = relays;
        this.consumers = consumers;
        this.parked = parked;
        this.data = data;
        this.fences = fences;
        this.clock = clock;
        var pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
                    var thread = new Thread(task, "looking");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /** All features. */
    List<FeatureReport> features() {
        return features(map.features());
    }

    /** These features; the control database must be there, the rest may be away. */
    List<FeatureReport> features(List<Feature> wanted) {
        var relay = later(relays::report);
        var sides = consumers(wanted.stream().map(Feature::topic).toList());
        var instances = later(following::alive);
        var data = new LinkedHashMap<Feature, CompletableFuture<Reading<DataView>>>();
        wanted.forEach(feature -> data.put(feature, later(() -> data(feature))));
        var stored = new LinkedHashMap<Feature, Route>();
        wanted.forEach(feature -> stored.put(feature, routes.of(feature.name())));
        return wanted.stream()
                .map(feature -> report(
                        feature,
                        stored.getOrDefault(feature, Route.atMonolith(feature.name())),
                        settled(instances),
                        settled(relay),
                        sides,
                        settled(Objects.requireNonNull(data.get(feature)))))
                .toList();
    }

    /** How the relays fare. */
    Reading<List<RelayReport>> relays() {
        return settled(later(relays::report));
    }

    /** The living instances. */
    Reading<List<Instances.Instance>> instances() {
        return settled(later(following::alive));
    }

    /** The keys that wait for an operator, by side. */
    Map<String, Reading<List<ParkedKey>>> parked() {
        var futures = new LinkedHashMap<String, CompletableFuture<Reading<List<ParkedKey>>>>();
        parked.sides().forEach(side -> futures.put(side, later(() -> parked.at(side))));
        return settled(futures);
    }

    /** The consumers of the topics, by side. */
    private Map<String, Reading<List<Consumer>>> consumers(List<String> topics) {
        var reach = later(() -> consumers.reach(topics));
        var futures = new LinkedHashMap<String, CompletableFuture<Reading<List<Consumer>>>>();
        for (var side : map.deployables()) {
            futures.put(
                    side.name(),
                    reach.thenApplyAsync(
                            known -> Reading.of(() -> consumers.at(side.name(), Objects.requireNonNull(known.value()))),
                            threads));
        }
        return settled(futures);
    }

    private FeatureReport report(
            Feature feature,
            Route route,
            Reading<List<Instances.Instance>> instances,
            Reading<List<RelayReport>> relays,
            Map<String, Reading<List<Consumer>>> sides,
            Reading<DataView> data) {
        return new FeatureReport(
                feature.name().value(),
                feature.service(),
                feature.paths(),
                feature.aggregates().stream().sorted().toList(),
                feature.topic(),
                RouteView.of(route),
                instances.map(alive -> alive.stream()
                        .map(instance -> acknowledging(instance, route))
                        .toList()),
                relays,
                sides.entrySet().stream()
                        .map(side -> new Consuming(
                                side.getKey(),
                                side.getValue()
                                        .map(all -> all.stream()
                                                .filter(consumer ->
                                                        consumer.topic().equals(feature.topic()))
                                                .toList())))
                        .filter(side -> side.consumers().unknown() != null
                                || side.consumers().value() == null
                                || !side.consumers().value().isEmpty())
                        .toList(),
                data,
                fences.newest(feature.name()).stream()
                        .map(FeatureReport.Fencing::of)
                        .toList());
    }

    private DataView data(Feature feature) {
        var now = clock.instant();
        return new DataView(
                data.backfill(feature).map(DataView.BackfillView::of).orElse(null),
                data.proof(feature)
                        .map(proof -> DataView.ProofView.of(proof, now, staleness(feature, proof)))
                        .orElse(null),
                data.tracings(feature).stream()
                        .map(tracing -> DataView.TracingView.of(tracing, now))
                        .toList());
    }

    /** A side that can't be asked makes nothing else unknown. */
    private @Nullable String staleness(Feature feature, Proof proof) {
        var reading = Reading.of(() -> data.staleness(feature, proof).orElse(""));
        var stale = reading.value() == null ? "it can't be told now: " + reading.unknown() : reading.value();
        return stale.isEmpty() ? null : stale;
    }

    private static Acknowledging acknowledging(Instances.Instance instance, Route route) {
        return new Acknowledging(
                instance.name(),
                instance.seenAt(),
                instance.acknowledged().getOrDefault(route.feature(), 1L),
                instance.hasAcknowledged(route.feature(), route.version()));
    }

    private <T> CompletableFuture<Reading<T>> later(Supplier<T> source) {
        try {
            return CompletableFuture.supplyAsync(() -> Reading.of(source), threads);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.completedFuture(Reading.unknown(
                    new IllegalStateException("The façade is looking at too much already. Ask again in a moment.")));
        }
    }

    private static <T> Map<String, Reading<T>> settled(Map<String, CompletableFuture<Reading<T>>> futures) {
        var readings = new LinkedHashMap<String, Reading<T>>();
        futures.forEach((side, future) -> readings.put(side, settled(future)));
        return readings;
    }

    private static <T> Reading<T> settled(CompletableFuture<Reading<T>> future) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Reading.unknown(new IllegalStateException("No answer within %s.".formatted(LIMIT)));
        } catch (ExecutionException failed) {
            return Reading.unknown(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Reading.unknown(interrupted);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
