package dev.strangler.facade.data;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Tracers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends markers through the stream of every feature, in both directions, all the time: the way back is proven before anybody needs it. Each
 * direction has a thread, so that a side that is away tells nothing false of the others. A sealed feature has no way back to prove.
 */
final class TracingFeatures implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TracingFeatures.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final FeatureMap map;
    private final Tracers tracers;
    private final SendingTracers sending;
    private final Phases phases;
    private final DataProperties properties;
    private final ScheduledExecutorService threads;

    TracingFeatures(FeatureMap map, Tracers tracers, SendingTracers sending, Phases phases, DataProperties properties) {
        this.map = map;
        this.tracers = tracers;
        this.sending = sending;
        this.phases = phases;
        this.properties = properties;
        this.threads = Executors.newScheduledThreadPool(
                Math.max(1, map.features().size() * Direction.values().length), task -> {
                    var thread = new Thread(task, "tracing");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void start() {
        for (var feature : map.features()) {
            for (var direction : Direction.values()) {
                threads.scheduleWithFixedDelay(
                        () -> look(feature, direction),
                        BETWEEN_LOOKS.toMillis(),
                        BETWEEN_LOOKS.toMillis(),
                        TimeUnit.MILLISECONDS);
            }
        }
    }

    private void look(Feature feature, Direction direction) {
        try {
            var round = tracers.claim(feature.name(), direction, properties.traceEvery());
            if (round.isPresent() && !phases.of(feature.name()).isFinal()) {
                sending.send(feature, direction, round.getAsLong(), properties.traceLimit());
            }
        } catch (RuntimeException away) {
            log.debug("{} is not traced {} now", feature.name(), direction, away);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
