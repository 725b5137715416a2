package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Side;
import java.util.Map;

/** What there is one of per side. */
final class Sides {

    private Sides() {}

    /** @throws IllegalArgumentException when the map lacks the side */
    static <T> T of(Map<Side, T> both, Side side) {
        var one = both.get(side);
        if (one == null) {
            throw new IllegalArgumentException(
                    "Nothing was given for side %s, only %s.".formatted(side, both.keySet()));
        }
        return one;
    }
}
