package dev.strangler.pim.products;

import dev.strangler.side.search.Containing;
import dev.strangler.side.search.Found;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The products, to be read. What is read is a copy: as old as the last event applied. */
public interface Products {

    /** The product of this SKU. */
    Optional<Product> find(Sku sku);

    /**
     * The products whose SKU, name or one of whose tags contains what is asked for. Newest first, those of the same
     * microsecond by id.
     *
     * @param image only those that show this image, whatever it is; null for all
     * @param offset how many to leave out at the beginning
     * @param size how many at most
     */
    Found<Product> search(Containing query, @Nullable ImageId image, long offset, int size);
}
