package dev.strangler.cutover.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what is wrong with limits, so that whoever sets them reads it once. */
final class Sense {

    private final List<String> wrong = new ArrayList<>();

    Sense within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            wrong.add("%s is %s, allowed are %s to %s.".formatted(name, said(value), said(least), said(most)));
        }
        return this;
    }

    Sense within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            wrong.add(String.format(Locale.ROOT, "%s is %,d, allowed are %,d to %,d.", name, value, least, most));
        }
        return this;
    }

    /** One that may be as long as another, and no longer. */
    Sense notBeyond(String name, Duration value, String bound, Duration limit, String reason) {
        if (value.compareTo(limit) > 0) {
            wrong.add("%s is %s and longer than %s, %s: %s. Lower the one or raise the other."
                    .formatted(name, said(value), bound, said(limit), reason));
        }
        return this;
    }

    /** @throws IllegalArgumentException with all that is wrong */
    void require() {
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", wrong));
        }
    }

    /** As the properties are written: the largest unit that says it exactly. */
    private static String said(Duration time) {
        if (time.toNanosPart() % 1_000_000 != 0) {
            return time.toNanos() + "ns";
        }
        if (time.toMillisPart() != 0) {
            return time.toMillis() + "ms";
        }
        if (time.toSecondsPart() != 0 || time.isZero()) {
            return time.toSeconds() + "s";
        }
        if (time.toMinutesPart() != 0) {
            return time.toMinutes() + "m";
        }
        return time.toHoursPart() == 0 ? time.toDays() + "d" : time.toHours() + "h";
    }
}
