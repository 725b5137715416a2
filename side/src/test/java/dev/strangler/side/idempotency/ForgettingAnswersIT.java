package dev.strangler.side.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import dev.strangler.side.counting.Counting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithInfrastructure
@Timeout(180)
class ForgettingAnswersIT {

    @Test
    void answers_are_forgotten_after_their_time_and_not_before(Infrastructure infrastructure) {
        try (var side = Counting.start(Side.MONOLITH, infrastructure.database())) {
            side.send("POST", "/counters/a", "Idempotency-Key", "young").is(200);
            side.database()
                    .sql(
                            "insert into strangler.idempotency_key (feature, key, operation, fingerprint, status, created_at)"
                                    + " select 'counters', 'old-' || n, 'x', 'x', 200, now() - interval '25 hours'"
                                    + " from generate_series(1, 1500) n")
                    .update();

            side.bean(ForgettingAnswers.class).forget();

            assertThat(side.database()
                            .sql("select key from strangler.idempotency_key")
                            .query(String.class)
                            .list())
                    .containsExactly("young");
            assertThat(side.send("POST", "/counters/a", "Idempotency-Key", "young")
                            .is(200)
                            .header("Idempotency-Replayed"))
                    .isEqualTo("true");
        }
    }
}
