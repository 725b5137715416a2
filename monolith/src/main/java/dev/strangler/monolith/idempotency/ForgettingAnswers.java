package dev.strangler.monolith.idempotency;

import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes answers that nobody can ask for any more, in small bites, so that it never holds many rows. */
@Component
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

    /** Deletes what is older than {@code idempotency.keep-for}; at most 100,000 answers at a time. */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forget() {
        var before = Timestamp.from(clock.instant().minus(properties.keepFor()));
        for (int bite = 0; bite < MOST_BITES; bite++) {
            int deleted = database.sql("delete from idempotency_key where key in (select key from idempotency_key"
                            + " where created_at < :before order by created_at limit :bite for update skip locked)")
                    .param("before", before)
                    .param("bite", BITE)
                    .update();
            if (deleted < BITE) {
                return;
            }
        }
    }
}
