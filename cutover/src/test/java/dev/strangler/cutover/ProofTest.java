package dev.strangler.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Proof.Verdict;
import dev.strangler.outbox.relay.Lsn;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProofTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void an_equal_proof_holds_for_its_time() {
        assertThat(proof(Verdict.EQUAL).holds(NOON.plus(DAY), DAY, Side.MONOLITH, "shape"))
                .isTrue();
    }

    @Test
    void it_grows_stale_with_age_counted_from_its_first_row() {
        var late = NOON.plus(DAY).plusSeconds(1);
        assertThat(proof(Verdict.EQUAL).staleness(late, DAY, Side.MONOLITH, "shape"))
                .contains("it is 1440 min old, allowed are 1440 min");
        assertThat(proof(Verdict.EQUAL).holds(late, DAY, Side.MONOLITH, "shape"))
                .isFalse();
    }

    @Test
    void it_says_nothing_about_another_shape_or_owner() {
        assertThat(proof(Verdict.EQUAL).staleness(NOON, DAY, Side.MONOLITH, "other"))
                .contains("a state view of one of the sides has changed since");
        assertThat(proof(Verdict.EQUAL).staleness(NOON, DAY, Side.SERVICE, "shape"))
                .contains("it compared with the monolith as the owner, which it no longer is");
    }

    @Test
    void nothing_but_an_equal_proof_holds() {
        assertThat(proof(Verdict.DIFFERENT).holds(NOON, DAY, Side.MONOLITH, "shape"))
                .isFalse();
        assertThat(proof(Verdict.UNSETTLED).holds(NOON, DAY, Side.MONOLITH, "shape"))
                .isFalse();
    }

    private static Proof proof(Verdict verdict) {
        return new Proof(
                new FeatureName("things"),
                Side.MONOLITH,
                verdict,
                10,
                0,
                0,
                new Lsn(42),
                "shape",
                NOON,
                NOON.plusSeconds(5));
    }
}
