package dev.strangler.facade.shadow;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.Shadows.Endpoint;
import dev.strangler.cutover.Shadows.Sample;
import dev.strangler.cutover.Shadows.Tally;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes reads from the public port and compares them in its own time, on threads and connections of its own. Offering one never waits, never
 * throws, and touches neither the request nor the answer: the read is simply made again.
 */
public final class ComparingReads implements Shadowing, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Shadowing.class);
    private static final int HTTP_THREADS = 2;

    private final Comparing comparing;
    private final Shadows shadows;
    private final int perSecond;
    private final Clock clock;
    private final Endpoints endpoints = new Endpoints();
    private final ThreadPoolExecutor workers;
    private final ExecutorService httpThreads;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemon("shadow-tally"));
    private final Map<Place, Seen> unwritten = new LinkedHashMap<>();
    private long second;
    private int takenThisSecond;

    private record Place(FeatureName feature, long since, String endpoint) {}

    private record Seen(Tally tally, Map<String, Long> fields, List<Sample> samples) {}

    public ComparingReads(FeatureMap map, Shadows shadows, ShadowProperties properties, Clock clock) {
        this.shadows = shadows;
        this.perSecond = properties.perSecond();
        this.clock = clock;
        this.httpThreads = Executors.newFixedThreadPool(HTTP_THREADS, daemon("shadow-http"));
        var asking = new Asking(
                httpThreads, properties.limit(), (int) properties.body().toBytes());
        Comparing.Noise noise = (feature, field) ->
                properties.noise().getOrDefault(feature, List.of()).contains(field);
        this.comparing = new Comparing(map, asking, noise, properties.pauses(), clock);
        this.workers = new ThreadPoolExecutor(
                properties.concurrent(),
                properties.concurrent(),
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(properties.queue()),
                daemon("shadow"));
        workers.allowCoreThreadTimeOut(true);
        timer.scheduleWithFixedDelay(this::write, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public boolean takes(Percentage share) {
        return ThreadLocalRandom.current().nextInt(100) < share.value();
    }

    @Override
    public void offer(ShadowedRead read) {
        try {
            if (isWithinBudget()) {
                workers.execute(() -> compare(read));
                return;
            }
        } catch (RejectedExecutionException full) {
            log.trace("Too many reads wait to be compared", full);
        }
        note(read, new Tally(0, 0, 0, 0, 0, 1), List.of());
    }

    private synchronized boolean isWithinBudget() {
        var now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            takenThisSecond = 0;
        }
        return takenThisSecond++ < perSecond;
    }

    private void compare(ShadowedRead read) {
        try {
            var compared = comparing.compare(read);
            note(
                    read,
                    switch (compared.outcome()) {
                        case EQUAL -> new Tally(1, 1, 0, 0, 0, 0);
                        case LATE -> new Tally(1, 0, 1, 0, 0, 0);
                        case DIFFERED -> new Tally(1, 0, 0, 1, 0, 0);
                        case FAILED -> new Tally(0, 0, 0, 0, 1, 0);
                    },
                    compared.differences());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unforeseen) {
            log.warn("GET {} could not be compared", read.path(), unforeseen);
            note(read, new Tally(0, 0, 0, 0, 1, 0), List.of());
        }
    }

    private void note(ShadowedRead read, Tally tally, List<Sample> differences) {
        var place = new Place(read.feature().name(), read.since(), endpoints.of(read));
        synchronized (unwritten) {
            var seen = unwritten.computeIfAbsent(
                    place, none -> new Seen(Tally.NONE, new LinkedHashMap<>(), new ArrayList<>()));
            for (var difference : differences) {
                seen.fields().merge(difference.field(), 1L, Long::sum);
                var same = seen.samples().stream()
                        .filter(sample -> sample.field().equals(difference.field()))
                        .count();
                if (same < Shadows.MOST_SAMPLES) {
                    seen.samples().add(difference);
                }
            }
            unwritten.put(place, new Seen(seen.tally().plus(tally), seen.fields(), seen.samples()));
        }
    }

    /** Writes down what was seen since; what can't be written now is lost, as nobody may wait for it. */
    private void write() {
        Map<Place, Seen> writing;
        synchronized (unwritten) {
            writing = new LinkedHashMap<>(unwritten);
            unwritten.clear();
        }
        try {
            writing.forEach((place, seen) -> shadows.add(
                    place.feature(),
                    place.since(),
                    new Endpoint(place.endpoint(), seen.tally(), seen.fields(), seen.samples())));
        } catch (RuntimeException away) {
            log.warn("What comparing reads has shown can't be written down: {}", away.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
        httpThreads.shutdownNow();
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
