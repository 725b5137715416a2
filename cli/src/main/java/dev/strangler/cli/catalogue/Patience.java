package dev.strangler.cli.catalogue;

import java.time.Duration;

/**
 * How long the import bears with a shop that does not answer or says "not now".
 *
 * @param attempts how often a request is sent at most
 * @param firstPause before the second attempt; doubled for each further one
 * @param longestPause the most that is waited, also when {@code Retry-After} asks for more
 * @param answer how long one answer may take, its body included
 */
public record Patience(int attempts, Duration firstPause, Duration longestPause, Duration answer) {

    /** Rides out a restart of the shop: about half a minute. */
    public static final Patience DEFAULT =
            new Patience(8, Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofSeconds(60));

    /** The pause after the given attempt, counted from 1, where the server names none. */
    Duration pauseAfter(int attempt) {
        var doubled = firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
