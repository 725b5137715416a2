package dev.strangler.monolith.assets;

import dev.strangler.monolith.assets.blobs.Blobs;
import dev.strangler.monolith.assets.blobs.Sha256;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes blobs away that no asset needs: those of purged assets, and those of uploads that were rolled back or cut down.
 *
 * <p>The question and the deed happen under the blob's lock, and only for blobs older than the grace time, so that an upload
 * that has stored its blob and not yet its row never loses it.
 */
@Component
class SweepingBlobs {

    private static final Logger log = LoggerFactory.getLogger(SweepingBlobs.class);

    private final AssetRows rows;
    private final Blobs blobs;
    private final BlobLocks locks;
    private final TransactionTemplate transaction;
    private final AssetProperties properties;
    private final Clock clock;

    SweepingBlobs(
            AssetRows rows,
            Blobs blobs,
            BlobLocks locks,
            PlatformTransactionManager transactions,
            AssetProperties properties,
            Clock clock) {
        this.rows = rows;
        this.blobs = blobs;
        this.locks = locks;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
        this.clock = clock;
    }

    /** Walks over the whole store; answers how many blobs went. */
    @Scheduled(initialDelayString = "${assets.sweep-every:6h}", fixedDelayString = "${assets.sweep-every:6h}")
    int sweep() throws IOException {
        int swept = 0;
        try (var all = blobs.all()) {
            for (var digests = all.iterator(); digests.hasNext(); ) {
                swept += sweep(digests.next()) ? 1 : 0;
            }
        }
        int discarded = blobs.discardArrivedBefore(clock.instant().minus(properties.grace()));
        if (swept + discarded > 0) {
            log.info("Swept {} blobs that no asset needs and {} broken uploads", swept, discarded);
        }
        return swept;
    }

    /** Takes one blob away if it is old enough and nobody needs it; answers whether it went. */
    boolean sweep(Sha256 digest) {
        try {
            Instant grown = clock.instant().minus(properties.grace());
            if (!blobs.isOlder(digest, grown) || rows.needs(digest.hex())) {
                return false;
            }
            return Boolean.TRUE.equals(transaction.execute(status -> removed(digest, grown)));
        } catch (IOException failure) {
            log.warn("Blob {} could not be swept; the next round tries again", digest, failure);
            return false;
        }
    }

    /** Asks once more under the lock: an upload may have begun to need it since. */
    private boolean removed(Sha256 digest, Instant grown) {
        locks.hold(List.of(digest));
        try {
            if (!blobs.isOlder(digest, grown) || rows.needs(digest.hex())) {
                return false;
            }
            blobs.remove(digest);
            return true;
        } catch (IOException failure) {
            log.warn("Blob {} could not be swept; the next round tries again", digest, failure);
            return false;
        }
    }
}
