package dev.strangler.facade.moving;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.workflow.LastWords;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.SettlingLater;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again at handovers whose former owner's relay had not confirmed in time, until each is settled. */
final class SettlingHandovers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SettlingHandovers.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final FeatureMap map;
    private final Assembling assembling;
    private final LastWords words;
    private final SettlingLater settling;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "settling-handovers");
        thread.setDaemon(true);
        return thread;
    });

    SettlingHandovers(FeatureMap map, Assembling assembling, LastWords words, SettlingLater settling) {
        this.map = map;
        this.assembling = assembling;
        this.words = words;
        this.settling = settling;
    }

    void start() {
        timer.scheduleWithFixedDelay(
                this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            words.open().forEach(this::look);
        } catch (RuntimeException away) {
            log.debug("Nobody knows now which handovers are to be settled", away);
        }
    }

    /** What can't be asked now is asked again; doctor shows that it is open. */
    private void look(Operation operation) {
        try {
            map.feature(operation.feature())
                    .flatMap(feature -> settling.look(operation, assembling.of(feature, operation.direction())))
                    .ifPresent(said -> log.info("{} is settled: {}", operation.id(), said));
        } catch (RuntimeException away) {
            log.debug("{} can't be settled now", operation.id(), away);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
