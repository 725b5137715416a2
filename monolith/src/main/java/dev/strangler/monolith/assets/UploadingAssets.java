package dev.strangler.monolith.assets;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.media.blobs.BlobLocks;
import dev.strangler.media.blobs.Sha256;
import dev.strangler.media.imaging.DrawnThumbnail;
import dev.strangler.media.uploads.ReceivedPicture;
import dev.strangler.media.uploads.ReceivingPictures;
import dev.strangler.media.uploads.Tags;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes an asset of a received picture, once per owner and digest.
 *
 * <p>Blobs come before the row that needs them: a crash in between leaves a blob without a row, which is swept later, never
 * a row without its blob.
 */
@Component
class UploadingAssets {

    private final EntityManager entities;
    private final AssetRows rows;
    private final ReceivingPictures receiving;
    private final BlobLocks locks;
    private final PublishingAssets publishing;
    private final Clock clock;

    UploadingAssets(
            EntityManager entities,
            AssetRows rows,
            ReceivingPictures receiving,
            BlobLocks locks,
            PublishingAssets publishing,
            Clock clock) {
        this.entities = entities;
        this.rows = rows;
        this.receiving = receiving;
        this.locks = locks;
        this.publishing = publishing;
        this.clock = clock;
    }

    /**
     * The asset of this picture, whose blobs are on the disk ({@link ReceivingPictures#keep}): a new one, or the one that its owner has of the same bytes. The latter keeps its name and
     * its tags; if it lies in the trash it is taken out, as its owner evidently wants it.
     *
     * @throws Refusal BUSY if the owner's earlier asset was purged while this upload was checked
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Uploaded upload(ReceivedPicture picture, Tags tags) {
        // From here on no sweeper may take the blobs, and no other upload of these bytes runs beside this one.
        locks.hold(picture.blobs());
        var original = Original.of(picture);
        var existing = rows.findIds(original.owner(), original.sha256());
        if (!existing.isEmpty()) {
            return new Uploaded(broughtBack(new AssetId(existing.get(0))), false);
        }
        var drawn = picture.thumbnail();
        if (drawn == null) {
            throw Refusal.of(
                    Kind.BUSY, "The earlier asset of this file was purged at this moment. Send the file again.");
        }
        // A sweeper may have been here between keeping and locking; what is still there is only renewed.
        receiving.keep(picture);
        var asset = Asset.uploaded(new AssetId(UUID.randomUUID()), original, thumbnail(drawn), tags, clock.instant());
        entities.persist(asset);
        publishing.publish(AssetEvents.UPLOADED, asset);
        return new Uploaded(asset, true);
    }

    private Asset broughtBack(AssetId id) {
        var asset = rows.getToChange(id);
        if (asset.untrash()) {
            publishing.publish(AssetEvents.UNTRASHED, asset);
        }
        return asset;
    }

    private static Thumbnail thumbnail(DrawnThumbnail drawn) {
        return new Thumbnail(
                Sha256.of(drawn.bytes()).hex(),
                drawn.contentType(),
                drawn.bytes().length,
                drawn.width(),
                drawn.height());
    }

    /**
     * The asset of an upload.
     *
     * @param isNew false if its owner had it before
     */
    record Uploaded(Asset asset, boolean isNew) {}
}
