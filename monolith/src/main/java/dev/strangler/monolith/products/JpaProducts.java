package dev.strangler.monolith.products;

import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.monolith.assets.AssetId;
import dev.strangler.monolith.assets.Assets;
import dev.strangler.side.idempotency.IfMatch;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** {@link Products} in the monolith's database, each change with its event. */
@Component
@Transactional
class JpaProducts implements Products {

    private final ProductRows rows;
    private final ProductStream stream;
    private final Assets assets;
    private final Clock clock;

    JpaProducts(ProductRows rows, ProductStream stream, Assets assets, Clock clock) {
        this.rows = rows;
        this.stream = stream;
        this.assets = assets;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<ProductState> find(Sku sku) {
        return rows.findBySku(sku.value()).map(Product::state);
    }

    @Override
    @Transactional(readOnly = true)
    public Found search(String query, @Nullable AssetId image, int page, int size) {
        var pattern = "%" + escaped(query.strip()) + "%";
        var wanted = PageRequest.of(page, size);
        var found = image == null ? rows.search(pattern, wanted) : rows.showing(image.value(), pattern, wanted);
        return new Found(found.map(Product::state).getContent(), found.getTotalElements());
    }

    @Override
    public ProductState create(NewProduct wanted) {
        if (rows.existsBySku(wanted.sku().value())) {
            throw skuTaken(wanted.sku());
        }
        refuseMissing(wanted.images());
        var product = rows.save(Product.created(UUID.randomUUID(), wanted, clock.instant()));
        try {
            rows.flush();
        } catch (DataIntegrityViolationException violation) {
            // Somebody else created it between our look and our insert.
            throw String.valueOf(violation.getMessage()).contains("product_sku_unique")
                    ? skuTaken(wanted.sku())
                    : violation;
        }
        return stream.tell(ProductEvents.CREATED, product.state());
    }

    @Override
    public ProductState changeDetails(
            Sku sku,
            IfMatch expected,
            Details details,
            @Nullable Money price,
            @Nullable Tags tags,
            @Nullable List<AssetId> images) {
        return change(ProductEvents.DETAILS_CHANGED, sku, expected, (product, at) -> {
            if (images != null) {
                refuseMissing(
                        images.stream().filter(image -> !product.has(image)).toList());
            }
            return product.changeDetails(
                    details,
                    price == null ? product.price() : price,
                    tags == null ? product.tags() : tags,
                    images == null ? product.images() : images,
                    at);
        });
    }

    @Override
    public ProductState changePrice(Sku sku, IfMatch expected, Money price) {
        return change(ProductEvents.PRICE_CHANGED, sku, expected, (product, at) -> product.changePrice(price, at));
    }

    @Override
    public ProductState tag(Sku sku, IfMatch expected, Tags tags) {
        return change(ProductEvents.TAGGED, sku, expected, (product, at) -> product.tag(tags, at));
    }

    @Override
    public ProductState attach(Sku sku, IfMatch expected, AssetId image) {
        return change(ProductEvents.IMAGE_ATTACHED, sku, expected, (product, at) -> {
            if (!product.has(image)) {
                refuseMissing(List.of(image));
                refuseTooMany(sku, product);
            }
            return product.attach(image, at);
        });
    }

    @Override
    public ProductState detach(Sku sku, IfMatch expected, AssetId image) {
        return change(ProductEvents.IMAGE_DETACHED, sku, expected, (product, at) -> {
            if (!product.has(image)) {
                throw Refusal.notFound("Product " + sku + " does not show image " + image + ". Read its images first.");
            }
            return product.detach(image, at);
        });
    }

    private ProductState change(String type, Sku sku, IfMatch expected, BiPredicate<Product, Instant> transition) {
        var product = rows.findToChange(sku.value())
                .orElseThrow(() -> Refusal.notFound("There is no product " + sku + ". Look it up in the list."));
        expected.check("Product " + sku, product.version());
        boolean changed = transition.test(product, clock.instant());
        return changed ? stream.tell(type, product.state()) : product.state();
    }

    private void refuseMissing(Collection<AssetId> images) {
        var missing = assets.missing(images);
        if (!missing.isEmpty()) {
            throw Refusal.of(
                    Kind.UNPROCESSABLE,
                    "There is no image "
                            + missing.stream().map(AssetId::toString).sorted().collect(Collectors.joining(", "))
                            + ": never uploaded, or purged. Choose from the attachable images.");
        }
    }

    private static void refuseTooMany(Sku sku, Product product) {
        if (product.imageCount() >= MOST_IMAGES) {
            throw Refusal.conflict("Product " + sku + " has " + product.imageCount() + " images, the most is "
                    + MOST_IMAGES + ". Take one off first.");
        }
    }

    private static Refusal skuTaken(Sku sku) {
        return Refusal.conflict("There is a product " + sku + " already. Change that one, or choose another SKU.");
    }

    private static String escaped(String query) {
        return query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
