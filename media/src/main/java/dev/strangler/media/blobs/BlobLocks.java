package dev.strangler.media.blobs;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who decides about a blob holds its lock until the transaction ends: uploads while they begin to need it, sweepers while
 * they look whether anybody does. In the database, so that it holds across instances that share a store.
 */
@Component
public class BlobLocks {

    /** Keeps these locks apart from other advisory locks on the same text. */
    private static final int SEED = 20_417;

    private final JdbcClient database;

    BlobLocks(JdbcClient database) {
        this.database = database;
    }

    /** Takes the locks, always in the same order, so that no two transactions wait for each other. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(Collection<Sha256> digests) {
        digests.stream()
                .map(Sha256::hex)
                .distinct()
                .sorted()
                .forEach(digest -> database.sql("select 1 from pg_advisory_xact_lock(hashtextextended(:digest, :seed))")
                        .param("digest", digest)
                        .param("seed", SEED)
                        .query(Integer.class)
                        .single());
    }
}
