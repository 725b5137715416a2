package dev.strangler.dam.assets;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.media.uploads.Tags;
import dev.strangler.side.idempotency.IfMatch;
import dev.strangler.side.refusals.Refusal;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tags assets, puts them into the trash and takes them out: the first of two steps to be rid of one, which can be taken
 * back. Each change is one transaction of row and event; what changes nothing is no new version and no event.
 *
 * <p>Every change refuses ({@link Refusal}): NOT_FOUND if there is no such asset, STALE if it has another version.
 */
@Component
public class ChangingAssets {

    private final JdbcAssets assets;
    private final PublishingAssets publishing;
    private final Clock clock;

    ChangingAssets(JdbcAssets assets, PublishingAssets publishing, Clock clock) {
        this.assets = assets;
        this.publishing = publishing;
        this.clock = clock;
    }

    /** Gives the asset these tags and no others. */
    @Transactional
    public Asset tag(AssetId id, Tags tags, IfMatch ifMatch) {
        return changed(AssetEvents.TAGGED, expected(id, ifMatch), asset -> asset.tag(tags));
    }

    /** Puts it into the trash. */
    @Transactional
    public Asset trash(AssetId id, IfMatch ifMatch) {
        return changed(AssetEvents.TRASHED, expected(id, ifMatch), asset -> asset.trash(clock.instant()));
    }

    /** Takes it out of the trash. */
    @Transactional
    public Asset untrash(AssetId id, IfMatch ifMatch) {
        return untrash(expected(id, ifMatch));
    }

    /** The same for an asset whose row is held by the current transaction. */
    Asset untrash(Asset held) {
        return changed(AssetEvents.UNTRASHED, held, Asset::untrash);
    }

    private Asset expected(AssetId id, IfMatch ifMatch) {
        var asset = assets.findToChange(id)
                .orElseThrow(() -> Refusal.notFound(
                        "There is no asset " + id + ", or it was purged. Look for it in the list of assets."));
        ifMatch.check("Asset " + id, asset.version());
        return asset;
    }

    private Asset changed(String type, Asset asset, Function<Asset, Optional<Asset>> transition) {
        var next = transition.apply(asset);
        next.ifPresent(changed -> {
            assets.put(changed);
            publishing.publish(type, changed);
        });
        return next.orElse(asset);
    }
}
