package dev.strangler.sandbox;

import java.time.Duration;

/** Prints how long a start takes; a time is shown and never judged. */
record Printed(String title) implements Starting {

    @Override
    public void found(LeftOvers leftOvers, Earlier choice) {
        say("%s: %s: %s".formatted(title, leftOvers, choice));
    }

    @Override
    public void ready(Part part, Duration after) {
        say("%s: %s ready after %d ms".formatted(title, part.name(), after.toMillis()));
    }

    static void say(String line) {
        System.out.println("[sandbox] " + line);
    }
}
