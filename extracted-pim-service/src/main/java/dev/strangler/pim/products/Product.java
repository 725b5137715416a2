package dev.strangler.pim.products;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One product at one version. Its transitions answer the product at the next version, or itself where nothing changes: what
 * changes nothing is no new version and no event.
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

    /** A product at version 1. Instants are cut to microseconds, which is what the database keeps. */
    static Product created(UUID id, NewProduct wanted, Instant at) {
        var now = at.truncatedTo(ChronoUnit.MICROS);
        return new Product(
                new ProductId(id),
                wanted.sku(),
                wanted.details().name(),
                wanted.details().description(),
                wanted.price(),
                wanted.tags().values(),
                wanted.images(),
                1,
                now,
                now);
    }

    Product changeDetails(Details details, Price price, Tags tags, List<ImageId> images, Instant at) {
        boolean same = details.equals(new Details(name, description))
                && price.equals(this.price)
                && tags.values().equals(this.tags)
                && images.equals(this.images);
        return same ? this : next(details, price, tags.values(), images, at);
    }

    Product changePrice(Price price, Instant at) {
        return price.equals(this.price) ? this : next(details(), price, tags, images, at);
    }

    Product tag(Tags tags, Instant at) {
        return tags.values().equals(this.tags) ? this : next(details(), price, tags.values(), images, at);
    }

    /** Puts the image at the end; nothing changes when the product has it already. */
    Product attach(ImageId image, Instant at) {
        if (has(image)) {
            return this;
        }
        var more = new ArrayList<>(images);
        more.add(image);
        return next(details(), price, tags, more, at);
    }

    /** Takes the image off; nothing changes when the product does not have it. */
    Product detach(ImageId image, Instant at) {
        if (!has(image)) {
            return this;
        }
        var fewer = new ArrayList<>(images);
        fewer.remove(image);
        return next(details(), price, tags, fewer, at);
    }

    boolean has(ImageId image) {
        return images.contains(image);
    }

    private Details details() {
        return new Details(name, description);
    }

    private Product next(Details details, Price price, List<String> tags, List<ImageId> images, Instant at) {
        return new Product(
                id,
                sku,
                details.name(),
                details.description(),
                price,
                tags,
                images,
                version + 1,
                createdAt,
                at.truncatedTo(ChronoUnit.MICROS));
    }
}
