package dev.strangler.facade.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command that makes sense next. */
class CardTest {

    /** A healthy handover takes milliseconds, and one that is past its point of no return can't be taken back. */
    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"CUTTING_FORWARD", "CUTTING_BACK"})
    void a_handover_on_its_way_is_looked_at_before_anything_is_done_about_it(Phase phase) {
        var next = Models.card(Samples.report(), phase).next();
        assertThat(next.line()).isEqualTo("./strangler doctor assets");
        assertThat(next.why()).contains("on its way", "Abort is on the feature's page");
    }

    @Test
    void a_fence_is_examined_before_anything_that_relies_on_it() {
        assertThat(Models.card(Samples.fenced(), Phase.PREPARED).next().line()).isEqualTo("./strangler doctor assets");
        var holed = Samples.fencing("dam", 3, Samples.known(List.of("Table asset has no fence")));
        assertThat(Models.card(Samples.fenced(holed), Phase.PREPARED).next().line())
                .isEqualTo("./strangler prepare assets");
    }
}
