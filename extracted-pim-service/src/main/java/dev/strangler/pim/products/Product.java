package dev.strangler.pim.products;

import java.time.Instant;
import java.util.List;

/**
 * One product at one version.
 *
 * @param tags in their owner's order, without doubles
 * @param images in the order in which they are shown
 */
public record Product(
        ProductId id,
        Sku sku,
        String name,
        String description,
        Price price,
        List<String> tags,
        List<ImageId> images,
        long version,
        Instant createdAt,
        Instant changedAt) {

    public Product {
        tags = List.copyOf(tags);
        images = List.copyOf(images);
    }
}
