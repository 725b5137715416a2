package dev.strangler.facade.console;

import dev.strangler.facade.control.OperationView;
import dev.strangler.facade.control.OperationView.GateView;
import dev.strangler.facade.control.OperationView.PlanView;
import dev.strangler.facade.control.OperationView.StepView;
import dev.strangler.facade.control.Plans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What handovers look like: planned, under way, and over; some of it written by somebody who means harm. */
final class HandoverSamples {

    private static final List<String> STEPS = List.of(
            "check-before",
            "carry-before",
            "arm",
            "hold",
            "fence",
            "carry",
            "drain",
            "check",
            "raise-ids",
            "open",
            "release",
            "settle",
            "reverse");

    private HandoverSamples() {}

    static Plans.Planned planned() {
        return new Plans.Planned(
                new PlanView(
                        "assets",
                        "forward",
                        false,
                        2,
                        List.of(
                                new GateView("check-before", "phase", "PREPARED", "PREPARED", "PASSED", ""),
                                new GateView(
                                        "check-before",
                                        "lag",
                                        "4,120 ms behind",
                                        "at most 500 ms",
                                        "REFUSED",
                                        "Wait and plan again."),
                                new GateView(
                                        "check-before",
                                        "rehearsal",
                                        "never",
                                        "one of this map",
                                        "ADVISED",
                                        "Run rehearse."),
                                new GateView(
                                        "fence",
                                        "transactions",
                                        Samples.HOSTILE,
                                        "none open for longer than 1 s",
                                        "FORBIDDEN",
                                        "select pg_terminate_backend(4711)"))),
                Samples.NOW.minusSeconds(12),
                "ann");
    }

    /** Nothing was in the way, that long ago. */
    static Plans.Planned go(long secondsAgo) {
        var gate = new GateView("check-before", "phase", "PREPARED", "PREPARED", "PASSED", "");
        return new Plans.Planned(
                new PlanView("assets", "forward", true, 2, List.of(gate)), Samples.NOW.minusSeconds(secondsAgo), "ann");
    }

    static List<OperationView> operations() {
        var all = new ArrayList<OperationView>();
        for (var number = 9; number >= 1; number--) {
            all.add(operation(number, number % 2 == 0 ? "back" : "forward", 20L + number * 7 % 40));
        }
        all.set(0, operation(9, "forward", 38L));
        all.set(3, operation(6, "back", 55L, "ABORTED"));
        return all;
    }

    private static OperationView operation(int number, String direction, long gap) {
        return operation(number, direction, gap, "DONE");
    }

    private static OperationView operation(int number, String direction, long gap, String outcome) {
        var start = Samples.NOW.minusSeconds(4_000L - number * 400L);
        var steps = new ArrayList<StepView>();
        for (var step = 0; step < STEPS.size(); step++) {
            steps.add(new StepView(STEPS.get(step), "BEGAN", start.plusMillis(step * 9L), "", Map.of()));
            steps.add(new StepView(STEPS.get(step), "DONE", start.plusMillis(step * 9L + 8), "", Map.of()));
        }
        return view("op-" + number, direction, number, start, outcome, gap, steps);
    }

    static OperationView underWay(String until) {
        var start = Samples.NOW.minusSeconds(1);
        var steps = new ArrayList<StepView>();
        for (var step : STEPS.subList(0, STEPS.indexOf(until) + 1)) {
            steps.add(new StepView(step, "BEGAN", start, "", Map.of()));
            steps.add(new StepView(
                    step,
                    "DONE",
                    start.plusMillis(5),
                    "",
                    step.equals("fence") ? Map.of("fencedAt", start.toString()) : Map.of()));
        }
        return view("op-10", "forward", 10, start, "RUNNING", null, steps);
    }

    private static OperationView view(
            String id, String direction, long epoch, Instant start, String outcome, Long gap, List<StepView> steps) {
        return new OperationView(
                id,
                "assets",
                direction,
                epoch - 1,
                epoch,
                "ann",
                "proven " + Samples.HOSTILE,
                List.of(),
                start,
                outcome,
                null,
                List.of(),
                gap,
                gap == null ? null : (Long) (gap + 9),
                steps);
    }
}
