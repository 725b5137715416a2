package dev.strangler.side.idempotency;

import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Deletes answers that nobody can ask for any more, in small bites, so that it never holds many rows. */
class ForgettingAnswers {

    private static final int BITE = 1_000;
    private static final int MOST_BITES = 100;

    private final JdbcClient database;
    private final IdempotencyProperties properties;
    private final Clock clock;

    ForgettingAnswers(JdbcClient database, IdempotencyProperties properties, Clock clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    /** Deletes what is older than {@code strangler.side.idempotency.keep-for}; at most 100,000 answers at a time. */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forget() {
        var before = Timestamp.from(clock.instant().minus(properties.keepFor()));
        for (int bite = 0; bite < MOST_BITES; bite++) {
            int deleted = database.sql(
                            "delete from strangler.idempotency_key where (feature, key) in"
                                    + " (select feature, key from strangler.idempotency_key where created_at < :before order by created_at limit :bite for update skip locked)")
                    .param("before", before)
                    .param("bite", BITE)
                    .update();
            if (deleted < BITE) {
                return;
            }
        }
    }
}
