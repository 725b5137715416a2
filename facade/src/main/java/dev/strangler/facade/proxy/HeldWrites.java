package dev.strangler.facade.proxy;

import dev.strangler.cutover.FeatureName;
import dev.strangler.facade.routes.ObeyingHolds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes that wait, unread, until it is known where they belong. Also counts those that were let through: whoever wants to close a fence
 * can wait until they are over, and spare them the refusal.
 */
public final class HeldWrites implements ObeyingHolds.Gate {

    private final int most;
    private final Map<FeatureName, Writes> features = new LinkedHashMap<>();

    /** What becomes of a write that had to wait. */
    enum Verdict {
        /** It may go on, and counts as under way. */
        PASSED,
        /** Too many wait already. */
        TOO_MANY
    }

    /** One feature's. */
    private static final class Writes {
        private final Deque<Consumer<Verdict>> waiting = new ArrayDeque<>();
        private boolean isHeld;
        private int underWay;
    }

    /** @param most writes that may wait, over all features */
    public HeldWrites(int most) {
        this.most = most;
    }

    /** From now on writes of the feature wait. */
    @Override
    public synchronized void hold(FeatureName feature) {
        of(feature).isHeld = true;
    }

    /** Lets the feature's writes go on, those that waited first and in their order. */
    @Override
    public void release(FeatureName feature) {
        List<Consumer<Verdict>> released;
        synchronized (this) {
            var writes = of(feature);
            writes.isHeld = false;
            released = new ArrayList<>(writes.waiting);
            writes.waiting.clear();
            writes.underWay += released.size();
        }
        released.forEach(waiter -> waiter.accept(Verdict.PASSED));
    }

    /** Features whose writes wait. */
    public synchronized List<FeatureName> held() {
        return features.entrySet().stream()
                .filter(entry -> entry.getValue().isHeld)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many wait, over all features. */
    public synchronized int waiting() {
        return features.values().stream()
                .mapToInt(writes -> writes.waiting.size())
                .sum();
    }

    /** How many writes of the feature were let through and are not answered. */
    @Override
    public synchronized int underWay(FeatureName feature) {
        return of(feature).underWay;
    }

    /** Lets a write through unless it has to wait; one that was let through must {@link #leave}. */
    synchronized boolean enter(FeatureName feature) {
        var writes = of(feature);
        if (!writes.isHeld) {
            writes.underWay++;
        }
        return !writes.isHeld;
    }

    synchronized void leave(FeatureName feature) {
        of(feature).underWay--;
    }

    /** Has a write wait; it is told once, at once if it need not wait any more. One that {@link Verdict#PASSED} must {@link #leave}. */
    void await(FeatureName feature, Consumer<Verdict> waiter) {
        Verdict verdict;
        synchronized (this) {
            if (enter(feature)) {
                verdict = Verdict.PASSED;
            } else if (waiting() >= most) {
                verdict = Verdict.TOO_MANY;
            } else {
                of(feature).waiting.add(waiter);
                return;
            }
        }
        waiter.accept(verdict);
    }

    /** Stops waiting; answers whether it still did. */
    synchronized boolean giveUp(FeatureName feature, Consumer<Verdict> waiter) {
        return of(feature).waiting.remove(waiter);
    }

    private Writes of(FeatureName feature) {
        return features.computeIfAbsent(feature, name -> new Writes());
    }
}
