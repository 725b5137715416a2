package dev.strangler.cutover.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects a step's gates; what can't be asked becomes unknown and keeps no other gate from being told. */
final class Gates {

    private final StepName step;
    private final List<Gate> gates = new ArrayList<>();

    Gates(StepName step) {
        this.step = step;
    }

    /** Asks, and judges what was answered. */
    <T> Gates ask(String name, String limit, Supplier<T> question, Function<T, Gate> judge) {
        try {
            gates.add(judge.apply(question.get()));
        } catch (RuntimeException unanswered) {
            gates.add(Gate.unknown(step, name, unanswered, limit));
        }
        return this;
    }

    List<Gate> list() {
        return List.copyOf(gates);
    }
}
