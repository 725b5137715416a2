package dev.strangler.pim.products;

import dev.strangler.side.search.Containing;
import dev.strangler.side.search.Found;
import java.util.Optional;

/** The products, to be read. What is read is a copy: as old as the last event applied. */
public interface Products {

    /** The product of this SKU. */
    Optional<Product> find(Sku sku);

    /**
     * The products whose SKU, name or one of whose tags contains what is asked for. Newest first, those of the same
     * microsecond by id.
     *
     * @param offset how many to leave out at the beginning
     * @param size how many at most
     */
    Found<Product> search(Containing query, long offset, int size);
}
