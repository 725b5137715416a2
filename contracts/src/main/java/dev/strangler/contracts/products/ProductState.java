package dev.strangler.contracts.products;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * A whole product at one version: the payload of every event of {@code products.v1}.
 *
 * <p>Instants are cut to microseconds, which is what PostgreSQL keeps, so that a state read back equals the state
 * published.
 *
 * @param sku the name by which the shop knows it; unique, never changes
 * @param tags a set, told in the byte order of its UTF-8 form
 * @param images by position
 * @param version 1 for the creation, one more for each committed change
 */
public record ProductState(
        UUID id,
        String sku,
        String name,
        String description,
        Money price,
        List<String> tags,
        List<ProductImage> images,
        long version,
        Instant createdAt,
        Instant changedAt) {

    public ProductState {
        requireNonNull(id, "id");
        requireNonNull(sku, "sku");
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        requireNonNull(price, "price");
        tags = List.copyOf(requireNonNull(tags, "tags"));
        images = List.copyOf(requireNonNull(images, "images"));
        createdAt = requireNonNull(createdAt, "createdAt").truncatedTo(ChronoUnit.MICROS);
        changedAt = requireNonNull(changedAt, "changedAt").truncatedTo(ChronoUnit.MICROS);
        if (version < 1) {
            throw new IllegalArgumentException("Product " + sku + " has version " + version
                    + ", but versions start at 1. Publish the version after the change.");
        }
    }
}
