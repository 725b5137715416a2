package dev.strangler.pim.products;

import java.util.List;

/**
 * A product to be.
 *
 * @param images in the order in which they shall be shown, without doubles
 */
public record NewProduct(Sku sku, Details details, Price price, Tags tags, List<ImageId> images) {

    public NewProduct {
        images = List.copyOf(images);
    }
}
