package dev.strangler.monolith.products;

import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductImage;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.monolith.assets.AssetId;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.data.domain.Persistable;

/**
 * One product. Its transitions count the version up by one each, and answer whether anything changed: what changes nothing
 * is no new version and no event.
 */
@Entity
@Table(name = "product")
class Product implements Persistable<UUID> {

    @Id
    private UUID id;

    private String sku;
    private String name;
    private String description;
    private BigDecimal amount;
    private String currency;

    @ElementCollection
    @CollectionTable(name = "product_tag", joinColumns = @JoinColumn(name = "product_id"))
    @Column(name = "tag")
    private Set<String> tags = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "product_image", joinColumns = @JoinColumn(name = "product_id"))
    @OrderColumn(name = "position")
    @Column(name = "asset_id")
    private List<UUID> images = new ArrayList<>();

    private long version;
    private Instant createdAt;
    private Instant changedAt;

    @Transient
    private boolean stored;

    /** For Hibernate, which fills the fields itself. */
    @NullUnmarked
    protected Product() {}

    private Product(UUID id, NewProduct product, Instant at) {
        this.id = id;
        this.sku = product.sku().value();
        this.name = product.details().name();
        this.description = product.details().description();
        this.amount = product.price().amount();
        this.currency = product.price().currency();
        this.tags.addAll(product.tags().values());
        product.images().forEach(image -> images.add(image.value()));
        this.version = 1;
        this.createdAt = at;
        this.changedAt = at;
    }

    /** A product at version 1. Instants are cut to microseconds, which is what the database keeps. */
    static Product created(UUID id, NewProduct product, Instant at) {
        return new Product(id, product, at.truncatedTo(ChronoUnit.MICROS));
    }

    boolean changeDetails(Details details, Money price, Tags tags, List<AssetId> images, Instant at) {
        if (details.equals(new Details(name, description))
                && price.equals(price())
                && tags.equals(tags())
                && images.equals(images())) {
            return false;
        }
        name = details.name();
        description = details.description();
        setPrice(price);
        setTags(tags);
        setImages(images);
        return changed(at);
    }

    boolean changePrice(Money price, Instant at) {
        if (price.equals(price())) {
            return false;
        }
        setPrice(price);
        return changed(at);
    }

    boolean tag(Tags tags, Instant at) {
        if (tags.equals(tags())) {
            return false;
        }
        setTags(tags);
        return changed(at);
    }

    /** Puts the image at the end; false when the product has it already. */
    boolean attach(AssetId image, Instant at) {
        if (images.contains(image.value())) {
            return false;
        }
        images.add(image.value());
        return changed(at);
    }

    /** Takes the image off; false when the product does not have it. */
    boolean detach(AssetId image, Instant at) {
        return images.remove(image.value()) && changed(at);
    }

    private boolean changed(Instant at) {
        version++;
        changedAt = at.truncatedTo(ChronoUnit.MICROS);
        return true;
    }

    private void setPrice(Money price) {
        amount = price.amount();
        currency = price.currency();
    }

    private void setTags(Tags replacement) {
        // Only the difference is touched, so that what stays is no delete and insert.
        tags.retainAll(replacement.values());
        tags.addAll(replacement.values());
    }

    private void setImages(List<AssetId> replacement) {
        var ids = replacement.stream().map(AssetId::value).toList();
        if (!ids.equals(images)) {
            images.clear();
            images.addAll(ids);
        }
    }

    Money price() {
        return new Money(amount, currency);
    }

    Tags tags() {
        return Tags.of(tags);
    }

    List<AssetId> images() {
        return images.stream().map(AssetId::new).toList();
    }

    boolean has(AssetId image) {
        return images.contains(image.value());
    }

    int imageCount() {
        return images.size();
    }

    long version() {
        return version;
    }

    /** All of it, in the shape in which it is published. */
    ProductState state() {
        var numbered = IntStream.range(0, images.size())
                .mapToObj(position -> new ProductImage(images.get(position), position))
                .toList();
        return new ProductState(
                id, sku, name, description, price(), tags().values(), numbered, version, createdAt, changedAt);
    }

    @Override
    public UUID getId() {
        return id;
    }

    /** Told by us: Spring Data would otherwise ask the database before each insert. */
    @Override
    public boolean isNew() {
        return !stored;
    }

    @PostLoad
    @PostPersist
    void isStored() {
        stored = true;
    }
}
