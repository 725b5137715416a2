package dev.strangler.cutover.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets something happen at the n-th call of a participant. */
final class Faults {

    /** What can go wrong. */
    enum Kind {
        /** The coordinator dies before the call. */
        KILLED_BEFORE,
        /** The coordinator dies after the call's effect. */
        KILLED_AFTER,
        /** The call fails and has had no effect. */
        FAILS,
        /** The call has had its effect and fails nevertheless. */
        ANSWER_LOST
    }

    /** The end of a coordinator; nothing catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(String where) {
            super("killed at " + where);
        }
    }

    private final List<String> calls = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private int when = -1;
    private @Nullable Kind kind;
    private Runnable meanwhile = () -> {};

    /** Strikes at that call from now on, counted from 0; once. */
    void strike(int call, Kind what) {
        calls.clear();
        when = call;
        kind = what;
        meanwhile = () -> {};
    }

    /** Does that before that call from now on; once. */
    void meanwhile(int call, Runnable what) {
        calls.clear();
        when = call;
        kind = null;
        meanwhile = what;
    }

    void none() {
        strike(-1, Kind.FAILS);
    }

    /** The newest call of that name since. */
    int last(String name) {
        return calls.lastIndexOf(name);
    }

    /** How many calls there were since. */
    int count() {
        return calls.size();
    }

    <T> T call(String name, Supplier<T> effect) {
        var isNow = calls.size() == when;
        calls.add(name);
        if (!isNow) {
            return effect.get();
        }
        when = -1;
        meanwhile.run();
        if (kind == null) {
            return effect.get();
        }
        if (kind == Kind.KILLED_AFTER || kind == Kind.ANSWER_LOST) {
            lost.add(String.valueOf(effect.get()));
        }
        if (kind == Kind.KILLED_BEFORE || kind == Kind.KILLED_AFTER) {
            throw new Killed(name);
        }
        throw new IllegalStateException(name + " gave no answer");
    }
}
