package dev.strangler.facade.moving;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.workflow.LastWords;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.SettlingLater;
import dev.strangler.facade.sides.Reading;
import java.time.Clock;
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
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final FeatureMap map;
    private final Assembling assembling;
    private final LastWords words;
    private final SettlingLater settling;
    private final BackingOff<OperationId> failed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "settling-handovers");
        thread.setDaemon(true);
        return thread;
    });

    SettlingHandovers(FeatureMap map, Assembling assembling, LastWords words, SettlingLater settling, Clock clock) {
        this.map = map;
        this.assembling = assembling;
        this.words = words;
        this.settling = settling;
        this.failed = new BackingOff<>(BETWEEN_LOOKS, LONGEST_PAUSE, clock);
    }

    void start() {
        timer.scheduleWithFixedDelay(
                this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            var open = words.open();
            failed.keep(open.stream().map(Operation::id).toList());
            open.stream().filter(operation -> failed.isDue(operation.id())).forEach(this::look);
        } catch (RuntimeException away) {
            log.debug("Nobody knows now which handovers are to be settled", away);
        }
    }

    /** What can't be settled now is tried again, later each time; doctor shows that it is open. */
    private void look(Operation operation) {
        try {
            map.feature(operation.feature())
                    .flatMap(feature -> settling.look(operation, assembling.of(feature, operation.direction())))
                    .ifPresent(said -> log.info("{} is settled: {}", operation.id(), said));
            failed.forget(operation.id());
        } catch (RuntimeException inTheWay) {
            if (failed.isNews(
                    operation.id(),
                    String.valueOf(Reading.<String>unknown(inTheWay).unknown()))) {
                log.warn("The last word of {} can't be settled now, and is tried again", operation.id(), inTheWay);
            } else {
                log.debug("The last word of {} still can't be settled", operation.id(), inTheWay);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
