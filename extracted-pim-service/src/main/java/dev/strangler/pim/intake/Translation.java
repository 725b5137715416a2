package dev.strangler.pim.intake;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.inbox.Latest;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.pim.assetlinks.AttachableImage;
import dev.strangler.pim.products.ImageId;
import dev.strangler.pim.products.Price;
import dev.strangler.pim.products.Product;
import dev.strangler.pim.products.ProductId;
import dev.strangler.pim.products.Sku;
import java.util.ArrayList;
import java.util.List;

/** From the published language into this service's own. */
final class Translation {

    private Translation() {}

    /**
     * The product that an event carries.
     *
     * @throws dev.strangler.contracts.UnreadablePayload if it carries none
     * @throws IllegalArgumentException if it carries that of another product or version, or one that cannot be
     */
    static Product product(ReceivedEvent event) {
        var state = ContractEvents.read(event.payload(), ProductState.class);
        Latest.check(event, state.id(), state.version());
        return new Product(
                new ProductId(state.id()),
                new Sku(state.sku()),
                state.name(),
                state.description(),
                new Price(state.price().amount(), state.price().currency()),
                state.tags(),
                images(state),
                state.version(),
                state.createdAt(),
                state.changedAt());
    }

    /** The images in their order; their places are 0, 1, 2 and so on by contract, so the order says it all. */
    private static List<ImageId> images(ProductState state) {
        var images = new ArrayList<ImageId>();
        for (var image : state.images()) {
            if (image.position() != images.size()) {
                throw new IllegalArgumentException("Product " + state.sku() + " has an image at position "
                        + image.position() + " where position " + images.size()
                        + " was to come. The publisher must number them from 0 without gaps.");
            }
            images.add(new ImageId(image.assetId()));
        }
        return images;
    }

    /**
     * The state of the asset that an event carries.
     *
     * @throws dev.strangler.contracts.UnreadablePayload if it carries none
     * @throws IllegalArgumentException if it carries that of another asset or version
     */
    static AssetState asset(ReceivedEvent event) {
        var state = ContractEvents.read(event.payload(), AssetState.class);
        Latest.check(event, state.id(), state.version());
        return state;
    }

    /** Whether a product may show it: until it is purged, as its owner takes it out of the trash for that. */
    static boolean isAttachable(AssetState state) {
        return state.status() != AssetStatus.PURGED;
    }

    static ImageId imageId(AssetState state) {
        return new ImageId(state.id());
    }

    static AttachableImage image(AssetState state) {
        return new AttachableImage(
                imageId(state),
                state.fileName(),
                state.contentType(),
                state.width(),
                state.height(),
                state.tags(),
                state.status() == AssetStatus.TRASHED,
                state.version(),
                state.uploadedAt());
    }
}
