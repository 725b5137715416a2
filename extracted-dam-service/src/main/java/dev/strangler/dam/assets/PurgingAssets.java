package dev.strangler.dam.assets;

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
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The second step to be rid of an asset: what has lain in the trash for the retention time goes for good, each asset in a
 * transaction of its own. An asset that a product uses stays, as far as this side has heard of it.
 *
 * <p>Only the side that may write the feature purges; the other hears of it.
 */
@Component
class PurgingAssets {

    private static final Logger log = LoggerFactory.getLogger(PurgingAssets.class);
    private static final int BATCH = 200;
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcAssets assets;
    private final JdbcImageUses uses;
    private final PublishingAssets publishing;
    private final SweepingBlobs sweeping;
    private final Fences fences;
    private final TransactionTemplate transaction;
    private final AssetProperties properties;
    private final Clock clock;

    PurgingAssets(
            JdbcAssets assets,
            JdbcImageUses uses,
            PublishingAssets publishing,
            SweepingBlobs sweeping,
            Fences fences,
            PlatformTransactionManager transactions,
            AssetProperties properties,
            Clock clock) {
        this.assets = assets;
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
        Instant after = Instant.EPOCH;
        UUID afterId = FIRST;
        for (var batch = trash(due, after, afterId); !batch.isEmpty(); batch = trash(due, after, afterId)) {
            for (var asset : batch) {
                purged += purge(asset.id(), due) ? 1 : 0;
                after = Objects.requireNonNull(asset.trashedAt());
                afterId = asset.id().value();
            }
        }
        if (purged > 0) {
            log.info("Purged {} assets that were in the trash since before {}", purged, due);
        }
        return purged;
    }

    private List<Asset> trash(Instant due, Instant after, UUID afterId) {
        return assets.unusedTrash(due, after, afterId, BATCH);
    }

    private boolean purge(AssetId id, Instant due) {
        List<Sha256> blobs = Objects.requireNonNull(transaction.execute(status -> gone(id, due)));
        // Only after the commit: before it the row may come back, and would then lack its blobs.
        blobs.forEach(sweeping::sweep);
        return !blobs.isEmpty();
    }

    /** The blobs that it needed; none if it was taken out of the trash, purged or used meanwhile. */
    private List<Sha256> gone(AssetId id, Instant due) {
        var found = assets.findToChange(id)
                .filter(asset -> asset.trashedAt() != null && asset.trashedAt().isBefore(due))
                .filter(asset -> !uses.isUsed(id));
        if (found.isEmpty()) {
            return List.of();
        }
        var asset = found.get();
        publishing.publishPurged(asset);
        assets.remove(List.of(id));
        return List.of(asset.original().sha256(), asset.thumbnail().sha256());
    }
}
