package dev.strangler.facade.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.JournalEntry.Outcome;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.facade.moving.Breakpoints.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BreakpointsTest {

    private static final FeatureName ASSETS = new FeatureName("assets");
    private static final Operation OPERATION = new Operation(
            OperationId.random(),
            ASSETS,
            Direction.FORWARD,
            new Epoch(1),
            new Epoch(2),
            "ann",
            "",
            List.of(),
            Instant.EPOCH);

    private final Breakpoints breakpoints = new Breakpoints();

    @Test
    void a_handover_stands_still_before_a_step_until_it_is_told_to_go_on() {
        breakpoints.set(ASSETS, StepName.DRAIN, Moment.BEFORE, null);
        assertThatCode(() -> breakpoints.written(OPERATION, entry(StepName.FENCE, Outcome.BEGAN)))
                .doesNotThrowAnyException();
        assertThat(breakpoints.isReached(ASSETS)).isFalse();
        standsAt(() -> breakpoints.written(OPERATION, entry(StepName.DRAIN, Outcome.BEGAN)));
    }

    @Test
    void a_handover_stands_still_after_a_step_before_its_journal_says_so() {
        breakpoints.set(ASSETS, StepName.DRAIN, Moment.AFTER, null);
        breakpoints.written(OPERATION, entry(StepName.DRAIN, Outcome.BEGAN));
        assertThat(breakpoints.isReached(ASSETS)).isFalse();
        standsAt(() -> breakpoints.writing(OPERATION, entry(StepName.DRAIN, Outcome.DONE)));
    }

    @Test
    void a_step_can_be_made_to_fail_so_that_taking_back_is_met() {
        breakpoints.set(ASSETS, StepName.BURN, Moment.BEFORE, StepName.OPEN);
        assertThatThrownBy(() -> breakpoints.written(OPERATION, entry(StepName.OPEN, Outcome.BEGAN)))
                .hasMessageContaining("rehearsal");
        standsAt(() -> breakpoints.written(OPERATION, entry(StepName.BURN, Outcome.BEGAN)));
        assertThatCode(() -> breakpoints.written(OPERATION, entry(StepName.OPEN, Outcome.BEGAN)))
                .doesNotThrowAnyException();
    }

    private void standsAt(Runnable telling) {
        var going = CompletableFuture.runAsync(telling);
        await().until(() -> breakpoints.isReached(ASSETS));
        assertThat(going).isNotDone();
        breakpoints.clear(ASSETS);
        going.join();
    }

    private static JournalEntry entry(StepName step, Outcome outcome) {
        return new JournalEntry(step, outcome, Instant.EPOCH, "", Map.of());
    }
}
