package dev.strangler.cutover.workflow;

import java.util.List;

/**
 * What a handover would meet at this moment. Made by asking the steps themselves, so that a dry run and a real one can't differ.
 *
 * @param operation what would be done, and under which epochs
 * @param steps in their order
 * @param gates in the order of the steps
 */
public record Plan(Operation operation, List<StepName> steps, List<Gate> gates) {

    public Plan {
        steps = List.copyOf(steps);
        gates = List.copyOf(gates);
    }

    /** Whether every gate is open. */
    public boolean isGo() {
        return gates.stream().allMatch(Gate::isOpen);
    }

    /** All refusals, each with its way out. */
    public List<String> refusals() {
        return gates.stream().filter(gate -> !gate.isOpen()).map(Gate::sentence).toList();
    }

    /**
     * Nothing but a plan with every gate open may be carried out.
     *
     * @throws PlanRefused with all refusals at once
     */
    public void require() {
        if (!isGo()) {
            throw new PlanRefused(this);
        }
    }
}
