package dev.strangler.monolith.assets.intake;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.monolith.assets.AssetId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What explains a blob that its source does not have any more: the asset went on, and was purged before its earlier events
 * came to us. Such an asset is parked until its purge arrives behind it; then its events are tried again, without anybody's
 * help.
 */
@Component
class LaterEvents {

    private static final Logger log = LoggerFactory.getLogger(LaterEvents.class);

    /** Tries of one record before it is left to a person. */
    private static final int MOST_TRIES = 10;

    private final JdbcClient database;
    private final TransactionTemplate apart;

    LaterEvents(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        // An intake's own transaction has the rights of an applier only, which may not read what the inbox remembers.
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Whether that version of the asset is history: its purge waits behind it, or (during a rebuild) the live copy is
     * further already.
     */
    boolean supersede(AssetId id, long version) {
        return Boolean.TRUE.equals(apart.execute(status -> isSuperseded(id, version)));
    }

    private boolean isSuperseded(AssetId id, long version) {
        return database.sql("""
                        select exists (
                            select from strangler.inbox_parked
                            where aggregatetype = :type and aggregateid = :id and headers ->> 'type' = :purged)
                        or exists (
                            select from strangler.inbox_version
                            where consumer = :consumer and aggregatetype = :type and aggregateid = :id
                              and version > :version)
                        """)
                .param("type", AssetEvents.AGGREGATE)
                .param("id", id.toString())
                .param("purged", AssetEvents.PURGED)
                .param("consumer", AssetIntake.CONSUMER)
                .param("version", version)
                .query(Boolean.class)
                .single();
    }

    @Scheduled(
            fixedDelayString = "${assets.intake.purged-every:5s}",
            initialDelayString = "${assets.intake.purged-every:5s}")
    void retryPurged() {
        try {
            long keys = database.sql("""
                            select count(*) filter (where strangler.parked_retry(consumer, aggregatetype, aggregateid))
                            from (select consumer, aggregatetype, aggregateid
                                  from strangler.inbox_parked
                                  where consumer = ? and aggregatetype = ?
                                  group by consumer, aggregatetype, aggregateid
                                  having bool_or(headers ->> 'type' = ?)
                                     and bool_and(verdict is null)
                                     and max(attempts) < ?) purged
                            """)
                    .params(AssetIntake.CONSUMER, AssetEvents.AGGREGATE, AssetEvents.PURGED, MOST_TRIES)
                    .query(Long.class)
                    .single();
            if (keys > 0) {
                log.info("Trying {} parked assets again, as their purges have arrived", keys);
            }
        } catch (DataAccessException failure) {
            log.debug("Parked assets could not be looked through; the next round tries again", failure);
        }
    }
}
