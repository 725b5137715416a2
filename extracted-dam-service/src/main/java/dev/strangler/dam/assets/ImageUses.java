package dev.strangler.dam.assets;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which images the products use, and since when, as far as this side has heard: a projection of {@code products.v1}, kept
 * whether or not this side may write the assets, so that it knows when it may. Joins the caller's transaction. Its table is
 * named without its schema, so that a rebuild can work on a table of the same name beside this one.
 */
public interface ImageUses {

    /** All tables that {@link #tell} writes, and that nothing else writes. */
    List<String> TABLES = List.of("image_use", "image_use_heard");

    /** Takes in what products use now. Of several versions of one product, a later one comes later in the list. */
    void tell(List<ProductImages> told);

    /**
     * All images of one product at one version.
     *
     * <p>Images that the version before did not have are in use since {@code changedAt}, if that version was heard of or there is none.
     * Otherwise they may have been there before, and count as used since {@code createdAt}: so nothing that was put into the trash while it
     * was used comes back; an image that was in the trash when the product began to use it, in such a gap, stays there.
     *
     * @param version of the product, from 1 without gaps
     * @param createdAt when the product was created
     * @param changedAt when the product got that version
     */
    record ProductImages(UUID product, long version, Set<AssetId> images, Instant createdAt, Instant changedAt) {

        public ProductImages {
            images = Set.copyOf(images);
        }
    }
}
