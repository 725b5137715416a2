package dev.strangler.inbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shut while the consumer's database is away: nothing touches it before the pause is over, and the pauses grow. */
final class Gate {

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    private final String consumer;
    private final BackOff backOff;
    private int failures;
    private long opensAt;
    private @Nullable String trouble;

    Gate(String consumer, BackOff backOff) {
        this.consumer = consumer;
        this.backOff = backOff;
    }

    boolean isOpen(long now) {
        return failures == 0 || now - opensAt >= 0;
    }

    /** Nanoseconds until it opens, zero or less if it is open. */
    long untilOpen(long now) {
        return failures == 0 ? 0 : opensAt - now;
    }

    @Nullable
    String trouble() {
        return trouble;
    }

    void shut(Throwable failure, long now) {
        failures++;
        Duration pause = backOff.after(failures);
        opensAt = now + pause.toNanos();
        if (failures == 1) {
            log.warn("Consumer '{}' waits for its database: {}", consumer, Parking.causeOf(failure));
        }
        trouble = "The database is away or busy (%d attempts so far): %s".formatted(failures, messageOf(failure));
    }

    /** The database has answered. */
    void open() {
        if (failures > 0) {
            log.info("Consumer '{}' goes on, its database answers again after {} attempts.", consumer, failures);
        }
        failures = 0;
        trouble = null;
    }

    private static String messageOf(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getName() : message;
    }
}
