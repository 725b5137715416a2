package dev.strangler.monolith.products.intake;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.strangler.contracts.products.ProductState;
import dev.strangler.inbox.RetryLater;
import dev.strangler.monolith.assets.AssetId;
import dev.strangler.monolith.assets.Assets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * What becomes of a product that shows an image of which the monolith has no row.
 *
 * <p>Products and assets come by different topics, and order between them isn't promised: mostly the news of the image is on
 * its way and here in milliseconds. So the product waits, and others behind it, but not for ever: an image that its owner purged never comes,
 * and one product must not cut off the way back of all. After that time the product is tried as it is. Where the foreign
 * key of old still ties products to assets, the database then refuses it and its key alone is parked, for an operator to decide;
 * where the key is gone, nothing is waited for and the product is kept as its owner tells it, since which images there
 * are is then the owner's to know.
 */
@Component
@ConditionalOnProperty(name = "products.intake.enabled", matchIfMissing = true)
class ExpectedImages {

    /** More than this many are not remembered; who is forgotten waits anew. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Assets assets;
    private final ProductTables products;
    private final long patience;
    private final LongSupplier nanoTime;
    private final Map<AssetId, Long> missingSince = new ConcurrentHashMap<>();

    @Autowired
    ExpectedImages(Assets assets, ProductTables products, IntakeProperties properties) {
        this(assets, products, properties, System::nanoTime);
    }

    ExpectedImages(Assets assets, ProductTables products, IntakeProperties properties, LongSupplier nanoTime) {
        this.assets = assets;
        this.products = products;
        this.patience = properties.expectImagesFor().toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Returns when all images of the products are there, or were waited for long enough, or need not be there.
     *
     * @throws RetryLater while it is worth waiting for one
     */
    void expect(Collection<ProductState> states) {
        var shown = states.stream()
                .flatMap(state -> state.images().stream())
                .map(image -> new AssetId(image.assetId()))
                .collect(toUnmodifiableSet());
        var missing = assets.missing(shown);
        missingSince.keySet().removeIf(image -> shown.contains(image) && !missing.contains(image));
        if (missing.isEmpty() || !products.areTiedToAssets()) {
            return;
        }
        var worthWaitingFor = missing.stream().filter(this::isWorthWaitingFor).collect(toUnmodifiableSet());
        if (!worthWaitingFor.isEmpty()) {
            throw new RetryLater("Products show images that the monolith has not heard of yet: "
                    + told(worthWaitingFor)
                    + ". Whether they come, the consumer of the assets' topic knows.");
        }
    }

    private boolean isWorthWaitingFor(AssetId image) {
        if (missingSince.size() >= MOST_REMEMBERED) {
            missingSince.clear();
        }
        long now = nanoTime.getAsLong();
        return now - missingSince.computeIfAbsent(image, first -> now) < patience;
    }

    private static String told(Set<AssetId> images) {
        return images.stream().map(AssetId::toString).sorted().limit(3).collect(joining(", "))
                + (images.size() > 3 ? " and " + (images.size() - 3) + " more" : "");
    }
}
