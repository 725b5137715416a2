package dev.strangler.cli.rehearse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Ending one part without warning while a handover stands before one step.
 *
 * @param step before which
 * @param victim the part
 */
record Kill(String step, String victim) {

    /** Every part before every step, in the order of the steps. */
    static List<Kill> all(List<String> steps, List<String> victims) {
        var kills = new ArrayList<Kill>();
        steps.forEach(step -> victims.forEach(victim -> kills.add(new Kill(step, victim))));
        return kills;
    }

    /** So many of them, drawn from the seed. */
    static List<Kill> some(List<Kill> all, int number, long seed) {
        var drawn = new ArrayList<>(all);
        Collections.shuffle(drawn, new Random(seed));
        return List.copyOf(drawn.subList(0, Math.min(number, drawn.size())));
    }
}
