package dev.strangler.pim.products.web;

import dev.strangler.pim.products.ImageId;
import dev.strangler.pim.products.NewProduct;
import dev.strangler.pim.products.Price;
import dev.strangler.pim.products.Tags;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What clients send about products. Anything may be missing; each turns itself into the feature's types or refuses. */
final class ProductInput {

    private ProductInput() {}

    /** Body of creating a product. Description, tags and images may be left out. */
    record Creation(
            @Nullable String sku,
            @Nullable String name,
            @Nullable String description,
            @Nullable Amount price,
            @Nullable List<@Nullable String> tags,
            @Nullable List<@Nullable UUID> imageIds) {

        NewProduct checked() {
            var checks = new ProductChecks();
            var checkedSku = checks.sku(sku);
            var details = checks.details(name, description == null ? "" : description);
            var money = checks.price("price.", price);
            var words = checks.tags(tags == null ? List.of() : tags);
            var images = checks.images(imageIds == null ? List.of() : imageIds);
            checks.refuse();
            return new NewProduct(checkedSku.get(), details.get(), money.get(), words.get(), images.get());
        }
    }

    /** Body of changing details; price, tags and images only if they shall change with them. */
    record DetailsChange(
            @Nullable String name,
            @Nullable String description,
            @Nullable Amount price,
            @Nullable List<@Nullable String> tags,
            @Nullable List<@Nullable UUID> imageIds) {}

    /** An amount of a currency, also the body of changing the price. */
    record Amount(@Nullable BigDecimal amount, @Nullable String currency) {

        Price checked() {
            var checks = new ProductChecks();
            var money = checks.price("", this);
            checks.refuse();
            return money.get();
        }
    }

    /** Body of replacing the tags. */
    record Tagging(@Nullable List<@Nullable String> tags) {

        Tags checked() {
            var checks = new ProductChecks();
            var words = checks.tags(tags);
            checks.refuse();
            return words.get();
        }
    }

    /** Body of attaching an image. */
    record Attachment(@Nullable UUID assetId) {

        ImageId checked() {
            var checks = new ProductChecks();
            var image = checks.image(assetId);
            checks.refuse();
            return image.get();
        }
    }
}
