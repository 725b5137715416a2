package dev.strangler.facade.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Phase;
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
}
