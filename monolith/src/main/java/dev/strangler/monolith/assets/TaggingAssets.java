package dev.strangler.monolith.assets;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.media.uploads.Tags;
import dev.strangler.side.idempotency.IfMatch;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Replaces the tags of an asset. */
@Component
class TaggingAssets {

    private final AssetRows rows;
    private final PublishingAssets publishing;

    TaggingAssets(AssetRows rows, PublishingAssets publishing) {
        this.rows = rows;
        this.publishing = publishing;
    }

    /**
     * Gives the asset these tags and no others; the same ones once more change nothing and publish nothing.
     *
     * @throws dev.strangler.side.refusals.Refusal NOT_FOUND if there is no such asset, STALE if it has another version
     */
    @Transactional
    Asset tag(AssetId id, Tags tags, IfMatch ifMatch) {
        var asset = rows.getToChange(id);
        ifMatch.check("Asset " + id, asset.version());
        if (asset.tag(tags)) {
            publishing.publish(AssetEvents.TAGGED, asset);
        }
        return asset;
    }
}
