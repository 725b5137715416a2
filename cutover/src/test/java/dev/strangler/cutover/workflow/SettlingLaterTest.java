package dev.strangler.cutover.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Direction;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.outbox.relay.Lsn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handover leaves open because the former owner's relay did not confirm in time is settled once it has. */
class SettlingLaterTest {

    private final World world = new World();
    private final List<String> settled = new ArrayList<>();
    private final Operation operation = world.operation(Direction.FORWARD);

    private final LastWords words = new LastWords() {
        @Override
        public List<Operation> open() {
            return settled.isEmpty() ? List.of(operation) : List.of();
        }

        @Override
        public void settled(OperationId id, String detail) {
            settled.add(detail);
        }

        @Override
        public void reopen(OperationId id, Lsn behind, String detail) {
            throw new AssertionError("Nobody has recovered a relay here.");
        }
    };

    @BeforeEach
    void a_handover_whose_former_owners_relay_did_not_confirm() {
        world.confirmed = new Lsn(9);
        assertThat(world.cutover(operation).run().ending()).isEqualTo(Ending.DONE);
        world.saidAgain.clear();
    }

    @Test
    void as_long_as_the_relay_has_not_confirmed_it_stays_open_and_the_next_handover_is_refused() {
        look();
        assertThat(settled).isEmpty();
        assertThat(world.saidAgain).isEmpty();
        world.precedents.withoutLastWord = words.open(World.FEATURE);
        var plan = Cutover.plan(world.operation(Direction.BACK), world.participants(), Limits.STANDARD, world.clock);
        assertThat(plan.refusals())
                .singleElement()
                .asString()
                .startsWith("last-word: not that of the monolith since " + operation.id())
                .contains("offset.flush.interval.ms");
    }

    @Test
    void a_relay_that_confirms_late_and_was_the_same_all_the_time_has_repeated_nothing() {
        world.confirmed = World.FENCED_BEHIND;
        look();
        assertThat(settled).containsExactly("The relay of the monolith has confirmed, and has repeated nothing.");
        assertThat(world.saidAgain).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"another", ""})
    void what_a_relay_repeated_that_began_anew_later_is_followed_by_the_newest_events_of_the_owner(String reader) {
        world.reader = reader;
        look();
        assertThat(settled).isEmpty();
        world.confirmed = World.FENCED_BEHIND;
        look();
        assertThat(settled).singleElement().asString().contains("2 events were said again");
        assertThat(world.saidAgain).containsExactly(world.positionOfCopy());
    }

    @Test
    void while_another_instance_says_the_events_again_it_stays_open() {
        world.reader = "another";
        world.confirmed = World.FENCED_BEHIND;
        world.isSomebodySayingAgain = true;
        look();
        assertThat(settled).isEmpty();
        world.isSomebodySayingAgain = false;
        look();
        assertThat(settled).singleElement().asString().contains("2 events were said again");
    }

    @Test
    void once_the_feature_has_moved_on_only_a_backfill_that_came_after_settles_it() {
        world.confirmed = World.FENCED_BEHIND;
        world.course = Operation.Course.RUNNING;
        assertThat(world.cutover(world.operation(Direction.BACK)).run().ending())
                .isEqualTo(Ending.DONE);
        world.saidAgain.clear();
        world.reader = "another";
        look();
        assertThat(settled).isEmpty();
        world.nanos += 1_000_000_000;
        world.precedents.backfill = new Backfill(
                1,
                World.FEATURE,
                Side.MONOLITH,
                "ann",
                Backfill.State.DONE,
                "",
                1,
                1,
                world.clock.instant(),
                world.clock.instant(),
                world.clock.instant(),
                null,
                null);
        look();
        assertThat(settled).singleElement().asString().contains("a backfill has said everything since");
        assertThat(world.saidAgain).isEmpty();
    }

    private void look() {
        var journal = new Journal() {
            @Override
            public java.util.Optional<String> write(OperationId id, List<JournalEntry> entries) {
                throw new AssertionError("An operation that is over has no lease to write under.");
            }

            @Override
            public List<JournalEntry> of(OperationId id) {
                return List.copyOf(world.journal);
            }
        };
        new SettlingLater(words, journal).look(operation, world.participants());
    }
}
