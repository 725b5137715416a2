package dev.strangler.cli.catalogue;

import java.math.BigDecimal;
import java.util.List;

/**
 * One product of the shop, made from all rows of a handle.
 *
 * @param line the first row
 * @param handle what joins the rows in the file
 * @param sku the first variant's SKU, or the handle where no variant has one
 * @param description plain text; the markup of the file is gone
 * @param price of the first variant that has one
 * @param tags each once, in the order of the file, the product's type last
 * @param images by their position, without repetition
 */
public record CatalogueProduct(
        long line,
        String handle,
        String sku,
        String name,
        String description,
        BigDecimal price,
        List<String> tags,
        List<CatalogueImage> images) {

    /** Copies the lists. */
    public CatalogueProduct {
        tags = List.copyOf(tags);
        images = List.copyOf(images);
    }
}
