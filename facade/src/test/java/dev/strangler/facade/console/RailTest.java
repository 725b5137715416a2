package dev.strangler.facade.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Shadows.Tally;
import dev.strangler.facade.console.Rail.Compared;
import dev.strangler.facade.console.Rail.Mark;
import dev.strangler.facade.console.Rail.Station;
import dev.strangler.facade.control.FeatureReport.Fencing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the way out of the monolith claims, and by which evidence. */
class RailTest {

    private static final Compared NOTHING = new Compared(Tally.NONE, null);

    @Test
    void fences_are_whole_while_a_fresh_look_at_each_side_says_so() {
        assertThat(prepare(whole("monolith", 12), whole("dam", 31)))
                .isEqualTo(new Station("prepare", Mark.DONE, "fences whole, 31 s ago"));
        assertThat(prepare(whole("monolith", 12), whole("dam", 180)))
                .isEqualTo(new Station("prepare", Mark.STALE, "fences whole, 3 min ago"));
    }

    @Test
    void a_hole_is_told_of_even_while_the_other_side_can_t_be_looked_at() {
        var holed = Samples.fencing("monolith", 3, Samples.known(List.of("Table asset_tag has no fence")));
        assertThat(prepare(holed, unknown("dam"))).isEqualTo(new Station("prepare", Mark.BAD, "a fence has a hole"));
    }

    @Test
    void what_was_not_looked_at_is_not_called_whole() {
        assertThat(prepare()).isEqualTo(new Station("prepare", Mark.STALE, "fences not looked at yet"));
        assertThat(prepare(whole("dam", 1))).isEqualTo(new Station("prepare", Mark.STALE, "fences not looked at yet"));
        assertThat(prepare(whole("monolith", 1), unknown("dam")))
                .isEqualTo(new Station("prepare", Mark.STALE, "fence unknown at dam"));
    }

    @Test
    void whatever_is_done_says_how_long_ago() {
        var compared = new Compared(new Tally(12, 12, 0, 0, 0, 0), Samples.NOW.minusSeconds(7_200));
        var rail =
                Rail.of(Phase.PREPARED, Samples.fenced(whole("monolith", 1), whole("dam", 1)), compared, Models.SHOW);
        assertThat(rail)
                .contains(new Station("backfill", Mark.DONE, "1,234 rows, 0 s ago"))
                .contains(new Station("shadow", Mark.DONE, "12 alike, 2 h ago"));
    }

    @Test
    void comparing_that_ended_nobody_knows_when_needs_a_look() {
        var compared = new Compared(new Tally(12, 12, 0, 0, 0, 0), null);
        assertThat(Rail.of(Phase.PREPARED, Samples.report(), compared, Models.SHOW))
                .contains(new Station("shadow", Mark.STALE, "12 alike, age unknown"));
    }

    private static Station prepare(Fencing... fences) {
        return Rail.of(Phase.PREPARED, Samples.fenced(fences), NOTHING, Models.SHOW)
                .get(0);
    }

    private static Fencing whole(String side, long secondsAgo) {
        return Samples.fencing(side, secondsAgo, Samples.known(List.of()));
    }

    private static Fencing unknown(String side) {
        return Samples.fencing(side, 2, Samples.away());
    }
}
