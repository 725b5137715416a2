package dev.strangler.monolith.assets;

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
    List<String> TABLES = List.of("image_use");

    /** Takes in what products use now. Of several versions of one product, a later one comes later in the list. */
    void tell(List<ProductImages> told);

    /**
     * All images of one product at one version.
     *
     * @param at when the product got that version; images that it did not have before are in use since then
     */
    record ProductImages(UUID product, Set<AssetId> images, Instant at) {

        public ProductImages {
            images = Set.copyOf(images);
        }
    }
}
