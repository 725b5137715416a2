package dev.strangler.dam.blobs;

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

/**
 * Removes the blobs that nothing needs any more: those of purged assets, and those copied for an event that was never
 * applied. A blob that was wanted a short while ago is left alone, as its asset may be about to be committed.
 */
@Component
class SweepingBlobs {

    private static final Logger log = LoggerFactory.getLogger(SweepingBlobs.class);

    /** Asked about in one query. */
    private static final int AT_ONCE = 1_000;

    private final Blobs blobs;
    private final BlobUses uses;
    private final BlobProperties properties;
    private final Clock clock;

    SweepingBlobs(Blobs blobs, BlobUses uses, BlobProperties properties, Clock clock) {
        this.blobs = blobs;
        this.uses = uses;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${blobs.sweep-every:5m}", initialDelayString = "${blobs.sweep-every:5m}")
    void sweepRegularly() {
        try {
            int removed = sweep();
            if (removed > 0) {
                log.info("Removed {} blobs that no asset needs", removed);
            }
        } catch (IOException | UncheckedIOException | DataAccessException failure) {
            log.warn("Sweeping of blobs was cut short and will be tried again: {}", failure.toString());
        }
    }

    /** Sweeps once; answers how many blobs went. */
    int sweep() throws IOException {
        var before = clock.instant().minus(properties.sweepAfter());
        blobs.discardArrivedBefore(before);
        int removed = 0;
        try (var all = blobs.all()) {
            var some = new ArrayList<Sha256>();
            for (var each = all.iterator(); each.hasNext(); ) {
                some.add(each.next());
                if (some.size() == AT_ONCE || !each.hasNext()) {
                    removed += remove(some, before);
                    some.clear();
                }
            }
        }
        return removed;
    }

    private int remove(List<Sha256> some, Instant before) throws IOException {
        var used = uses.used(some);
        int removed = 0;
        for (var digest : some) {
            if (!used.contains(digest) && blobs.removeIfOlder(digest, before)) {
                removed++;
            }
        }
        return removed;
    }
}
