package dev.strangler.monolith.assets;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.side.idempotency.IfMatch;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts assets into the trash and takes them out: the first of two steps to be rid of one, which can be taken back. */
@Component
class TrashingAssets {

    private final AssetRows rows;
    private final PublishingAssets publishing;
    private final Clock clock;

    TrashingAssets(AssetRows rows, PublishingAssets publishing, Clock clock) {
        this.rows = rows;
        this.publishing = publishing;
        this.clock = clock;
    }

    /**
     * Puts it into the trash; what lies there already stays as it is, and nothing is published.
     *
     * @throws dev.strangler.side.refusals.Refusal NOT_FOUND if there is no such asset, STALE if it has another version
     */
    @Transactional
    Asset trash(AssetId id, IfMatch ifMatch) {
        var asset = expected(id, ifMatch);
        if (asset.trash(clock.instant())) {
            publishing.publish(AssetEvents.TRASHED, asset);
        }
        return asset;
    }

    /**
     * Takes it out of the trash; what does not lie there stays as it is, and nothing is published.
     *
     * @throws dev.strangler.side.refusals.Refusal NOT_FOUND if there is no such asset, STALE if it has another version
     */
    @Transactional
    Asset untrash(AssetId id, IfMatch ifMatch) {
        var asset = expected(id, ifMatch);
        if (asset.untrash()) {
            publishing.publish(AssetEvents.UNTRASHED, asset);
        }
        return asset;
    }

    private Asset expected(AssetId id, IfMatch ifMatch) {
        var asset = rows.getToChange(id);
        ifMatch.check("Asset " + id, asset.version());
        return asset;
    }
}
