package dev.strangler.pim;

import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductImage;
import dev.strangler.contracts.products.ProductState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A product of the monolith, as its events tell it: the state at one version, and the next ones by what happens to it. */
public record Article(ProductState state) {

    private static final Instant CREATED = Instant.parse("2026-11-21T09:31:00.000001Z");

    /** A new product at version 1. */
    public static Article called(String sku, String name, String... tags) {
        return new Article(new ProductState(
                UUID.randomUUID(),
                sku,
                name,
                "",
                new Money(new BigDecimal("12.50"), "EUR"),
                List.of(tags),
                List.of(),
                1,
                CREATED,
                CREATED));
    }

    public Article createdAt(Instant at) {
        return with(state.price(), state.tags(), state.images(), state.version(), at, state.changedAt());
    }

    public Article costing(String amount) {
        var price = new Money(new BigDecimal(amount), "EUR");
        return with(price, state.tags(), state.images(), state.version() + 1, state.createdAt(), later());
    }

    public Article tagged(String... tags) {
        return with(state.price(), List.of(tags), state.images(), state.version() + 1, state.createdAt(), later());
    }

    public Article showing(UUID... images) {
        var numbered = IntStream.range(0, images.length)
                .mapToObj(position -> new ProductImage(images[position], position))
                .toList();
        return with(state.price(), state.tags(), numbered, state.version() + 1, state.createdAt(), later());
    }

    /** With an image at a place where none can be. */
    public Article showingWithGap(UUID image) {
        var images = List.of(new ProductImage(image, 1));
        return with(state.price(), state.tags(), images, state.version() + 1, state.createdAt(), later());
    }

    public UUID id() {
        return state.id();
    }

    public String sku() {
        return state.sku();
    }

    public long version() {
        return state.version();
    }

    private Instant later() {
        return state.changedAt().plusSeconds(1);
    }

    private Article with(
            Money price,
            List<String> tags,
            List<ProductImage> images,
            long version,
            Instant createdAt,
            Instant changedAt) {
        return new Article(new ProductState(
                state.id(),
                state.sku(),
                state.name(),
                state.description(),
                price,
                tags,
                images,
                version,
                createdAt,
                changedAt));
    }
}
