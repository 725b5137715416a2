package dev.strangler.monolith.products;

import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.monolith.assets.AssetId;
import dev.strangler.side.idempotency.IfMatch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shop's products. Each change is one transaction of row, version and event; joins the caller's transaction if there is
 * one. What changes nothing is no new version and no event. Concurrent changes of one product wait for each other.
 *
 * <p>Every change refuses ({@link dev.strangler.side.refusals.Refusal}): NOT_FOUND if there is no such product, STALE if
 * it has another version than expected.
 */
public interface Products {

    /** The product of this SKU. */
    Optional<ProductState> find(Sku sku);

    /**
     * Products whose SKU, name or one of whose tags contains the query, whatever the case; an empty query matches all.
     * Newest first.
     *
     * @param image only those that show this image, whatever it is; null for all
     * @param page from 0
     * @param size 1 or more
     */
    Found search(String query, @Nullable AssetId image, int page, int size);

    /** Adds a product at version 1. Refuses CONFLICT if the SKU is taken, UNPROCESSABLE if an image is not there. */
    ProductState create(NewProduct product);

    /**
     * Changes name and description, and in the same step price, tags and images where given; the images are then those and no others, in that
     * order. Refuses UNPROCESSABLE if one that the product has not shown so far is not there.
     */
    ProductState changeDetails(
            Sku sku,
            IfMatch expected,
            Details details,
            @Nullable Money price,
            @Nullable Tags tags,
            @Nullable List<AssetId> images);

    /** Changes the price. */
    ProductState changePrice(Sku sku, IfMatch expected, Money price);

    /** Replaces the tags. */
    ProductState tag(Sku sku, IfMatch expected, Tags tags);

    /**
     * Puts an image behind those that the product has; one that it has already stays where it is. An image in the trash is
     * fine: the owner of assets takes it out when it hears of it. Refuses UNPROCESSABLE if the image is not there, CONFLICT
     * if the product has {@link #MOST_IMAGES} already.
     */
    ProductState attach(Sku sku, IfMatch expected, AssetId image);

    /** Takes an image off; those behind it move up. Refuses NOT_FOUND if the product does not have it. */
    ProductState detach(Sku sku, IfMatch expected, AssetId image);

    /** Most images of one product. */
    int MOST_IMAGES = 100;

    /**
     * Some of the products found.
     *
     * @param total how many were found in all
     */
    record Found(List<ProductState> products, long total) {}
}
