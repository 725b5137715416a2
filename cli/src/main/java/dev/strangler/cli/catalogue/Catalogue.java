package dev.strangler.cli.catalogue;

import java.util.List;

/**
 * What a file holds: the products that can go in, and the rows that cannot.
 *
 * @param badRows in the order of the file
 */
public record Catalogue(List<CatalogueProduct> products, List<BadRow> badRows) {

    /** Copies the lists. */
    public Catalogue {
        products = List.copyOf(products);
        badRows = List.copyOf(badRows);
    }
}
