package dev.strangler.inbox;

import java.time.Duration;

/** The pauses before a consumer starts anew: longer each time, unless it went well for a while in between. */
final class Restarts {

    private final BackOff backOff;
    private int failures;

    Restarts(BackOff backOff) {
        this.backOff = backOff;
    }

    /** The pause after a failure, before which it went well for so long. */
    Duration after(Duration wentWell) {
        boolean isNew = wentWell.compareTo(backOff.longest().multipliedBy(2)) > 0;
        failures = isNew ? 1 : failures + 1;
        return backOff.after(failures);
    }
}
