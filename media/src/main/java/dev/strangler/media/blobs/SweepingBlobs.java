package dev.strangler.media.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes blobs away that nothing needs any more: those of purged assets, those of uploads that were rolled back or cut down,
 * and those copied for an event that was never applied.
 *
 * <p>The question and the deed happen under the blob's lock, and only for blobs that nobody has wanted for a while, so that
 * an upload or an event that has its blob and not yet its row never loses it.
 */
@Component
public class SweepingBlobs {

    private static final Logger log = LoggerFactory.getLogger(SweepingBlobs.class);

    /** Asked about in one query. */
    private static final int AT_ONCE = 1_000;

    private final Blobs blobs;
    private final BlobUses uses;
    private final BlobLocks locks;
    private final TransactionTemplate transaction;
    private final BlobProperties properties;
    private final Clock clock;

    SweepingBlobs(
            Blobs blobs,
            BlobUses uses,
            BlobLocks locks,
            PlatformTransactionManager transactions,
            BlobProperties properties,
            Clock clock) {
        this.blobs = blobs;
        this.uses = uses;
        this.locks = locks;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "${blobs.sweep-every:1h}", fixedDelayString = "${blobs.sweep-every:1h}")
    void sweepRegularly() {
        try {
            sweep();
        } catch (IOException | UncheckedIOException | DataAccessException | TransactionException failure) {
            log.warn("Sweeping of blobs was cut short and will be tried again: {}", failure.toString());
        }
    }

    /** Walks over the whole store; answers how many blobs went. */
    public int sweep() throws IOException {
        int swept = 0;
        try (var all = blobs.all()) {
            var some = new ArrayList<Sha256>();
            for (var digests = all.iterator(); digests.hasNext(); ) {
                some.add(digests.next());
                if (some.size() == AT_ONCE || !digests.hasNext()) {
                    swept += sweep(some);
                    some.clear();
                }
            }
        }
        int discarded = blobs.discardArrivedBefore(grown());
        if (swept + discarded > 0) {
            log.info("Swept {} blobs that no asset needs and {} broken arrivals", swept, discarded);
        }
        return swept;
    }

    private int sweep(List<Sha256> some) {
        var used = uses.used(some);
        int swept = 0;
        for (var digest : some) {
            if (!used.contains(digest) && sweep(digest)) {
                swept++;
            }
        }
        return swept;
    }

    /** Takes one blob away if it is old enough and nobody needs it; answers whether it went. */
    public boolean sweep(Sha256 digest) {
        try {
            var grown = grown();
            if (!blobs.isOlder(digest, grown)) {
                return false;
            }
            return Boolean.TRUE.equals(transaction.execute(status -> removed(digest, grown)));
        } catch (IOException | UncheckedIOException failure) {
            log.warn("Blob {} could not be swept; the next round tries again", digest, failure);
            return false;
        }
    }

    /** Asks under the lock: an upload may have begun to need it since. */
    private boolean removed(Sha256 digest, Instant grown) {
        locks.hold(List.of(digest));
        try {
            if (!blobs.isOlder(digest, grown) || !uses.used(List.of(digest)).isEmpty()) {
                return false;
            }
            blobs.remove(digest);
            return true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Instant grown() {
        return clock.instant().minus(properties.sweepAfter());
    }
}
