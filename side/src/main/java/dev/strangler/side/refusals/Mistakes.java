package dev.strangler.side.refusals;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with an input, so that all of it is refused once. Not thread-safe; one per input. */
public final class Mistakes {

    private final List<Refusal.Mistake> found = new ArrayList<>();

    /** Notes a mistake unless the condition holds, and answers whether it holds. */
    public boolean unless(boolean condition, String field, String reason) {
        if (!condition) {
            found.add(new Refusal.Mistake(field, reason));
        }
        return condition;
    }

    /**
     * Does nothing if nothing was wrong.
     *
     * @throws Refusal with every mistake noted
     */
    public void refuse() {
        if (!found.isEmpty()) {
            throw Refusal.invalid(found);
        }
    }
}
