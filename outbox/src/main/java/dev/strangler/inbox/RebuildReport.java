package dev.strangler.inbox;

import java.time.Duration;
import java.util.Map;

/**
 * What a {@link Rebuild} has done.
 *
 * @param rows how many rows each table of the projection now has
 * @param changed how many rows of each table were not as the log says, and are now
 * @param held how long the live consumer had to wait for the swap; reads did not wait at all
 * @param took from start to end
 */
public record RebuildReport(
        String consumer, Map<String, Long> rows, Map<String, Long> changed, Duration held, Duration took) {}
