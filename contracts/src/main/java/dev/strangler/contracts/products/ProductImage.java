package dev.strangler.contracts.products;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * An image of a product.
 *
 * @param assetId the asset shown
 * @param position its place in the product's order, from 0 and without gaps
 */
public record ProductImage(UUID assetId, int position) {

    public ProductImage {
        requireNonNull(assetId, "assetId");
    }
}
