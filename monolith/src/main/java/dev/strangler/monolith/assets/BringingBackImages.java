package dev.strangler.monolith.assets;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.side.Fenced;
import dev.strangler.side.Fences;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes images out of the trash that a product uses. Products never ask and are never refused for it: whoever owns the
 * assets brings an image back that was put into the trash before a product began to use it.
 *
 * <p>It goes by what is there, not by what is heard: an event that comes twice, or comes while the other side owns the
 * assets, or again in a rebuild, does nothing wrong, and nothing is missed at a handover. A side that may not write does
 * nothing. An image that is put into the trash while a product uses it stays there: somebody wanted that.
 */
@Component
public class BringingBackImages {

    private static final Logger log = LoggerFactory.getLogger(BringingBackImages.class);

    /** As many in one go as keep the others waiting for moments only; the rest comes in the next round. */
    private static final int MOST = 500;

    private final AssetRows rows;
    private final JdbcImageUses uses;
    private final PublishingAssets publishing;
    private final Fences fences;
    private final TransactionTemplate transaction;

    BringingBackImages(
            AssetRows rows,
            JdbcImageUses uses,
            PublishingAssets publishing,
            Fences fences,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.uses = uses;
        this.publishing = publishing;
        this.fences = fences;
        this.transaction = new TransactionTemplate(transactions);
        // Also called right after a commit, when the committed transaction still seems to be the current one.
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Looks at all images: for what was heard while this side did not own the assets. */
    @Scheduled(
            initialDelayString = "${assets.bring-back-every:15s}",
            fixedDelayString = "${assets.bring-back-every:15s}")
    void bringBackAll() {
        bringBack(() -> uses.wantedBack(MOST));
    }

    /** Looks at these images, just after a product told of them. Whatever goes wrong is left to the next regular look. */
    public void bringBack(Collection<AssetId> told) {
        bringBack(() -> uses.wantedBack(told));
    }

    private void bringBack(Supplier<List<AssetId>> wanted) {
        try {
            List<AssetId> found = transaction.execute(
                    status -> fences.standing(AssetsFeature.NAME).open() ? wanted.get() : List.of());
            int back = 0;
            for (var image : found == null ? List.<AssetId>of() : found) {
                back += Boolean.TRUE.equals(transaction.execute(status -> isBack(image))) ? 1 : 0;
            }
            if (back > 0) {
                log.info("Took {} images out of the trash, as products use them", back);
            }
        } catch (RuntimeException failure) {
            if (Fenced.isReasonOf(failure)) {
                log.debug("The assets belong to the other side by now, which will bring images back");
            } else {
                log.warn("Images that products use could not be brought back; the next look tries again", failure);
            }
        }
    }

    /** Looks once more with the row held: somebody may have been here since. */
    private boolean isBack(AssetId image) {
        var asset = rows.findToChange(image.value());
        if (asset.isEmpty() || asset.get().trashedAt() == null) {
            return false;
        }
        if (!uses.isUsedSince(image, asset.get().trashedAt()) || !asset.get().untrash()) {
            return false;
        }
        publishing.publish(AssetEvents.UNTRASHED, asset.get());
        return true;
    }
}
