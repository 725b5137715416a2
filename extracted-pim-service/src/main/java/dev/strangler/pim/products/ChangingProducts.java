package dev.strangler.pim.products;

import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.side.idempotency.IfMatch;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes products while this service owns them. Each change is one transaction of row, version and event; joins the caller's
 * transaction if there is one. What changes nothing is no new version and no event. Concurrent changes of one product wait
 * for each other. While another side owns them the fence refuses every change ({@link dev.strangler.side.Fenced}).
 *
 * <p>Every change refuses ({@link Refusal}) as the monolith does: NOT_FOUND if there is no such product, STALE if it has another
 * version than expected.
 */
@Component
@Transactional
public class ChangingProducts {

    /** Most images of one product. */
    public static final int MOST_IMAGES = 100;

    private final JdbcProducts products;
    private final ProductStream stream;
    private final Images images;
    private final Clock clock;

    ChangingProducts(JdbcProducts products, ProductStream stream, Images images, Clock clock) {
        this.products = products;
        this.stream = stream;
        this.images = images;
        this.clock = clock;
    }

    /** Adds a product at version 1. Refuses CONFLICT if the SKU is taken, UNPROCESSABLE if an image is not known. */
    public Product create(NewProduct wanted) {
        if (products.find(wanted.sku()).isPresent()) {
            throw skuTaken(wanted.sku());
        }
        refuseMissing(wanted.images());
        var product = Product.created(UUID.randomUUID(), wanted, clock.instant());
        try {
            products.insert(product);
        } catch (DuplicateKeyException sameMoment) {
            // Somebody else created it between our look and our insert.
            throw skuTaken(wanted.sku());
        }
        return stream.tell(ProductEvents.CREATED, product);
    }

    /**
     * Changes name and description, and in the same step price, tags and images where given; the images are then those and no others, in that
     * order. Refuses UNPROCESSABLE if one that the product has not shown so far is not known.
     */
    public Product changeDetails(
            Sku sku,
            IfMatch expected,
            Details details,
            @Nullable Price price,
            @Nullable Tags tags,
            @Nullable List<ImageId> shown) {
        return change(ProductEvents.DETAILS_CHANGED, sku, expected, (product, at) -> {
            if (shown != null) {
                refuseMissing(
                        shown.stream().filter(image -> !product.has(image)).toList());
            }
            return product.changeDetails(
                    details,
                    price == null ? product.price() : price,
                    tags == null ? Tags.of(product.tags()) : tags,
                    shown == null ? product.images() : shown,
                    at);
        });
    }

    /** Changes the price. */
    public Product changePrice(Sku sku, IfMatch expected, Price price) {
        return change(ProductEvents.PRICE_CHANGED, sku, expected, (product, at) -> product.changePrice(price, at));
    }

    /** Replaces the tags. */
    public Product tag(Sku sku, IfMatch expected, Tags tags) {
        return change(ProductEvents.TAGGED, sku, expected, (product, at) -> product.tag(tags, at));
    }

    /**
     * Puts an image behind those that the product has; one that it has already stays where it is. An image in the trash is
     * fine: the owner of assets takes it out when it hears of it. Refuses UNPROCESSABLE if the image is not known, CONFLICT if
     * the product has {@link #MOST_IMAGES} already.
     */
    public Product attach(Sku sku, IfMatch expected, ImageId image) {
        return change(ProductEvents.IMAGE_ATTACHED, sku, expected, (product, at) -> {
            if (!product.has(image)) {
                refuseMissing(List.of(image));
                refuseTooMany(product);
            }
            return product.attach(image, at);
        });
    }

    /** Takes an image off; those behind it move up. Refuses NOT_FOUND if the product does not have it. */
    public Product detach(Sku sku, IfMatch expected, ImageId image) {
        return change(ProductEvents.IMAGE_DETACHED, sku, expected, (product, at) -> {
            if (!product.has(image)) {
                throw Refusal.notFound("Product " + sku + " does not show image " + image + ". Read its images first.");
            }
            return product.detach(image, at);
        });
    }

    private Product change(String type, Sku sku, IfMatch expected, BiFunction<Product, Instant, Product> transition) {
        var product = products.findToChange(sku)
                .orElseThrow(() -> Refusal.notFound("There is no product " + sku + ". Look it up in the list."));
        expected.check("Product " + sku, product.version());
        var changed = transition.apply(product, clock.instant());
        if (changed.version() == product.version()) {
            return product;
        }
        products.update(changed);
        return stream.tell(type, changed);
    }

    private void refuseMissing(Collection<ImageId> wanted) {
        var missing = images.missing(wanted);
        if (!missing.isEmpty()) {
            throw Refusal.of(
                    Kind.UNPROCESSABLE,
                    "There is no image "
                            + missing.stream().map(ImageId::toString).sorted().collect(Collectors.joining(", "))
                            + ": never uploaded, or purged. Choose from the attachable images.");
        }
    }

    private static void refuseTooMany(Product product) {
        int count = product.images().size();
        if (count >= MOST_IMAGES) {
            throw Refusal.conflict("Product " + product.sku() + " has " + count + " images, the most is " + MOST_IMAGES
                    + ". Take one off first.");
        }
    }

    private static Refusal skuTaken(Sku sku) {
        return Refusal.conflict("There is a product " + sku + " already. Change that one, or choose another SKU.");
    }
}
