package dev.strangler.side;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import dev.strangler.side.counting.Counting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that repeats a command does not notice that another side answers it: it is done once in all. */
@WithInfrastructure
@Timeout(180)
class AnswersMoveWithTheOwnerIT {

    @Test
    void a_command_repeated_after_the_owner_changed_gets_the_first_answer_and_does_nothing_twice(
            Infrastructure infrastructure) {
        try (var monolith = Counting.start(
                        Side.MONOLITH, infrastructure.database("monolith"), "strangler.side.open-for=0");
                var service = Counting.start(Side.SERVICE, infrastructure.database("service"))) {
            service.send("POST", "/counters/a", "Idempotency-Key", "k-1").isFenced(421, "monolith", 0);
            var first = monolith.send("POST", "/counters/a", "Idempotency-Key", "k-1")
                    .is(200);

            monolith.close(0, "op");
            carryAnswers(monolith, service);
            service.open(1, "op");
            monolith.settle(Side.SERVICE, 1);

            monolith.send("POST", "/counters/a", "Idempotency-Key", "k-1").isFenced(421, "service", 1);
            var repeated = service.send("POST", "/counters/a", "Idempotency-Key", "k-1")
                    .is(200);
            assertThat(repeated.text()).isEqualTo(first.text());
            assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(service.value("a")).as("effects at the new owner").isZero();
            assertThat(monolith.value("a")).isEqualTo(1);
            // The key stays bound to its request here as well.
            service.send("POST", "/counters/b", "Idempotency-Key", "k-1").is(422);
            service.send("POST", "/counters/b", "Idempotency-Key", "k-2").is(200);
        }
    }

    /** As whoever moves the ownership does, row by row, between closing one fence and opening the other. */
    private static void carryAnswers(Counting from, Counting to) {
        from.database()
                .sql("select feature, key, operation, fingerprint, status, headers::text as headers, body, created_at"
                        + " from strangler.idempotency_key where feature = 'counters'")
                .query()
                .listOfRows()
                .forEach(row -> to.database()
                        .sql("insert into strangler.idempotency_key"
                                + " (feature, key, operation, fingerprint, status, headers, body, created_at)"
                                + " values (:feature, :key, :operation, :fingerprint, :status, cast(:headers as jsonb), :body,"
                                + " :created_at) on conflict (feature, key) do nothing")
                        .params(row)
                        .update());
    }
}
