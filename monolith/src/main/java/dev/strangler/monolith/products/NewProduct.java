package dev.strangler.monolith.products;

import dev.strangler.contracts.products.Money;
import dev.strangler.monolith.assets.AssetId;
import java.util.List;

/**
 * A product to be.
 *
 * @param images in the order in which they shall be shown, without doubles
 */
public record NewProduct(Sku sku, Details details, Money price, Tags tags, List<AssetId> images) {

    public NewProduct {
        images = List.copyOf(images);
    }
}
