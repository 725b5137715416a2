package dev.strangler.facade.console;

import dev.strangler.facade.console.Rail.Mark;
import java.util.List;

/**
 * The way of a change from the side that writes to the other, hop by hop.
 *
 * @param from the side that writes
 * @param to the side that keeps a copy
 */
record Flow(String from, String to, List<Hop> hops) {

    /**
     * One station of the way, with what leaves it.
     *
     * @param mark whether it works, by fresh evidence
     * @param rate how much passes, with its unit
     * @param lag how far it is behind, with its unit
     * @param trouble what is wrong; empty when nothing is
     * @param last what was wrong last, and when, while nothing is
     */
    record Hop(String kind, String name, Mark mark, String rate, String lag, String trouble, String last) {

        Hop(String kind, String name, Mark mark, String rate, String lag, String trouble) {
            this(kind, name, mark, rate, lag, trouble, "");
        }

        Hop remembering(String what) {
            return new Hop(kind, name, mark, rate, lag, trouble, what);
        }
    }
}
