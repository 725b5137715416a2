package dev.strangler.pim.products.web;

import dev.strangler.pim.products.ImageId;
import dev.strangler.pim.products.Price;
import dev.strangler.pim.products.Product;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A product as clients see it; field names and order are the interface. */
record ProductAnswer(
        UUID id,
        String sku,
        String name,
        String description,
        Price price,
        List<String> tags,
        List<ImageAnswer> images,
        List<UUID> imageIds,
        long version,
        Instant createdAt,
        Instant changedAt) {

    static ProductAnswer of(Product product) {
        var imageIds = product.images().stream().map(ImageId::value).toList();
        var images = IntStream.range(0, imageIds.size())
                .mapToObj(position -> new ImageAnswer(imageIds.get(position), position))
                .toList();
        return new ProductAnswer(
                product.id().value(),
                product.sku().value(),
                product.name(),
                product.description(),
                product.price(),
                product.tags(),
                images,
                imageIds,
                product.version(),
                product.createdAt(),
                product.changedAt());
    }

    /** An image in its place. */
    record ImageAnswer(UUID assetId, int position) {}
}
