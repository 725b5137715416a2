package dev.strangler.contracts.products;

import java.util.List;

/** The names that publishers and subscribers of {@code products.v1} share. Each event carries a whole {@link ProductState}. */
public final class ProductEvents {

    /** Where every event of every product goes; key is the product's id in text. */
    public static final String TOPIC = "products.v1";

    public static final String AGGREGATE = "Product";

    /** The schema version that publishers write today, for all types. */
    public static final int SCHEMA_VERSION = 1;

    /** A new product exists, perhaps with images already. */
    public static final String CREATED = "ProductCreated";

    /** Its name or description changed, and perhaps its price, tags and images with them. */
    public static final String DETAILS_CHANGED = "ProductDetailsChanged";

    /** Only its price changed. */
    public static final String PRICE_CHANGED = "ProductPriceChanged";

    /** Its tags were replaced. */
    public static final String TAGGED = "ProductTagged";

    /** An image was put at the end of its images; the owner of assets takes that image out of the trash if it lay there. */
    public static final String IMAGE_ATTACHED = "ProductImageAttached";

    /** An image was taken off; those behind it moved up. */
    public static final String IMAGE_DETACHED = "ProductImageDetached";

    /** Nothing happened: what existed before the stream, said once more as a state. */
    public static final String SNAPSHOT_TAKEN = "ProductSnapshotTaken";

    /** Every type of this topic. */
    public static final List<String> TYPES =
            List.of(CREATED, DETAILS_CHANGED, PRICE_CHANGED, TAGGED, IMAGE_ATTACHED, IMAGE_DETACHED, SNAPSHOT_TAKEN);

    private ProductEvents() {}
}
