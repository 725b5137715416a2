package dev.strangler.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cli.rehearse.Kill.Moment;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.up.Topology;
import dev.strangler.cutover.workflow.StepName;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillTest {

    private static final List<String> VICTIMS = Topology.everybody("dam");

    @Test
    void every_part_is_killed_before_every_step_there_and_back() {
        var kills = Kill.bothWays(Kill.all(VICTIMS));
        for (var step : StepName.values()) {
            for (var victim : VICTIMS) {
                for (var direction : List.of("forward", "back")) {
                    assertThat(kills).contains(new Kill(victim, Moment.BEFORE, step, direction));
                }
            }
        }
        assertThat(kills).doesNotHaveDuplicates();
    }

    @Test
    void a_coordinator_and_its_journal_are_killed_between_a_step_and_its_entry_too() {
        var kills = Kill.all(VICTIMS);
        for (var step : StepName.values()) {
            assertThat(kills)
                    .contains(
                            new Kill("facade", Moment.AFTER, step, null),
                            new Kill("postgres", Moment.AFTER, step, null));
        }
        assertThat(kills)
                .contains(new Kill("kafka", Moment.AFTER, StepName.REVERSE, null))
                .doesNotContain(new Kill("kafka", Moment.AFTER, StepName.FENCE, null));
    }

    @Test
    void everybody_who_takes_part_is_a_victim_a_facade_that_does_not_lead_among_them() {
        assertThat(VICTIMS)
                .containsExactlyInAnyOrder("facade", "facade-2", "monolith", "dam", "connect", "kafka", "postgres");
    }

    @Test
    void a_kill_is_read_as_it_is_written() {
        assertThat(Kill.all(VICTIMS))
                .allSatisfy(
                        kill -> assertThat(Kill.parse(kill.toString(), VICTIMS)).isEqualTo(kill));
    }

    @Test
    void a_kill_may_say_which_way() {
        assertThat(Kill.parse("dam@after-open:forward", VICTIMS))
                .isEqualTo(new Kill("dam", Moment.AFTER, StepName.OPEN, "forward"));
    }

    @Test
    void what_is_no_kill_is_refused_with_all_parts_and_steps() {
        for (var wrong : List.of(
                "dam", "dam@open", "pim@after-open", "dam@after-opening", "dam@during-open", "dam@after-open:up")) {
            assertThatThrownBy(() -> Kill.parse(wrong, VICTIMS))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining(wrong)
                    .hasMessageContaining("raise-ids")
                    .hasMessageContaining("connect");
        }
    }

    @Test
    void the_same_seed_draws_the_same_kills() {
        var all = Kill.all(VICTIMS);
        assertThat(Kill.some(all, 5, 42)).hasSize(5).isEqualTo(Kill.some(all, 5, 42));
        assertThat(Kill.some(all, 10_000, 42)).containsExactlyInAnyOrderElementsOf(all);
    }
}
