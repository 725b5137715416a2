package dev.strangler.monolith.assets;

import dev.strangler.media.blobs.Sha256;
import dev.strangler.media.blobs.SweepingBlobs;
import dev.strangler.side.Fenced;
import dev.strangler.side.Fences;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The second step to be rid of an asset: what has lain in the trash for the retention time goes for good, each asset in a
 * transaction of its own. An asset that a product uses stays, as far as this side has heard of it; as long as the foreign
 * key of the products is there, it sees to that too.
 *
 * <p>Only the side that may write the feature purges; the other hears of it.
 */
@Component
class PurgingAssets {

    private static final Logger log = LoggerFactory.getLogger(PurgingAssets.class);
    private static final int BATCH = 200;
    private static final UUID FIRST = new UUID(0, 0);

    private final AssetRows rows;
    private final JdbcImageUses uses;
    private final PublishingAssets publishing;
    private final SweepingBlobs sweeping;
    private final Fences fences;
    private final TransactionTemplate transaction;
    private final AssetProperties properties;
    private final Clock clock;

    PurgingAssets(
            AssetRows rows,
            JdbcImageUses uses,
            PublishingAssets publishing,
            SweepingBlobs sweeping,
            Fences fences,
            PlatformTransactionManager transactions,
            AssetProperties properties,
            Clock clock) {
        this.rows = rows;
        this.uses = uses;
        this.publishing = publishing;
        this.sweeping = sweeping;
        this.fences = fences;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "${assets.purge-every:1h}", fixedDelayString = "${assets.purge-every:1h}")
    void purgeRegularly() {
        try {
            purge();
        } catch (RuntimeException failure) {
            if (!Fenced.isReasonOf(failure)) {
                throw failure;
            }
            log.info("Purging has ended early: the feature's fence was closed meanwhile");
        }
    }

    /** Purges what is due; answers how many assets went. */
    int purge() {
        if (!fences.standing(AssetsFeature.NAME).open()) {
            return 0;
        }
        Instant due = clock.instant().minus(properties.retention());
        int purged = 0;
        // Used assets stay in the trash, so the walk goes on behind them instead of beginning anew.
        Instant after = Instant.EPOCH;
        UUID afterId = FIRST;
        for (var batch = trashed(due, after, afterId); !batch.isEmpty(); batch = trashed(due, after, afterId)) {
            for (var asset : batch) {
                purged += purge(asset.id(), due) ? 1 : 0;
                after = asset.trashedAt() == null ? after : asset.trashedAt();
                afterId = asset.id().value();
            }
        }
        if (purged > 0) {
            log.info("Purged {} assets that were in the trash since before {}", purged, due);
        }
        return purged;
    }

    private List<Asset> trashed(Instant due, Instant after, UUID afterId) {
        return rows.trashedBefore(due, after, afterId, Limit.of(BATCH));
    }

    private boolean purge(AssetId id, Instant due) {
        List<Sha256> blobs;
        try {
            blobs = Objects.requireNonNull(transaction.execute(status -> gone(id, due)));
        } catch (DataIntegrityViolationException used) {
            log.info("Asset {} stays in the trash: a product uses it. Detach it there first.", id);
            return false;
        }
        // Only after the commit: before it the row may come back, and would then lack its blobs.
        blobs.forEach(sweeping::sweep);
        return !blobs.isEmpty();
    }

    /** The blobs that it needed; none if it was taken out of the trash or purged meanwhile, or is used. */
    private List<Sha256> gone(AssetId id, Instant due) {
        var found = rows.findToChange(id.value());
        if (found.isEmpty()) {
            return List.of();
        }
        var asset = found.get();
        Instant since = asset.trashedAt();
        if (since == null || !since.isBefore(due) || uses.isUsed(id)) {
            return List.of();
        }
        publishing.publishPurged(asset);
        rows.delete(asset);
        rows.flush();
        return List.of(
                new Sha256(asset.original().sha256()),
                new Sha256(asset.thumbnail().sha256()));
    }
}
