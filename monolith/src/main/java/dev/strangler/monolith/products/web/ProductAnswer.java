package dev.strangler.monolith.products.web;

import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductImage;
import dev.strangler.contracts.products.ProductState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A product as clients see it; field names and order are the interface. */
record ProductAnswer(
        UUID id,
        String sku,
        String name,
        String description,
        Money price,
        List<String> tags,
        List<ProductImage> images,
        List<UUID> imageIds,
        long version,
        Instant createdAt,
        Instant changedAt) {

    static ProductAnswer of(ProductState state) {
        return new ProductAnswer(
                state.id(),
                state.sku(),
                state.name(),
                state.description(),
                state.price(),
                state.tags(),
                state.images(),
                state.images().stream().map(ProductImage::assetId).toList(),
                state.version(),
                state.createdAt(),
                state.changedAt());
    }
}
