package dev.strangler.facade.proxy;

import java.time.Duration;

/**
 * What one side may cost.
 *
 * @param concurrent requests on their way to one side; more are answered 503
 * @param connect how long a connection may take to come about
 * @param response how long a side may take to begin its answer, once it has the whole request
 * @param pause how long a client may send nothing in the middle of its body
 * @param exchange how long a request may take in all, with its bodies
 * @param idle how long an unused connection to a side is kept; shorter than the sides keep theirs
 * @param maxBody bytes of a request
 */
public record Limits(
        int concurrent,
        Duration connect,
        Duration response,
        Duration pause,
        Duration exchange,
        Duration idle,
        long maxBody) {}
