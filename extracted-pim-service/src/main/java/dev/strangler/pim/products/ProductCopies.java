package dev.strangler.pim.products;

import java.util.Collection;
import java.util.List;

/**
 * The same products, to be kept up by the intake and by nobody else. Joins the caller's transaction. Tables are named
 * without their schema, so that a rebuild can work on tables of the same names beside these.
 */
public interface ProductCopies {

    /** All tables that these methods write, and that nothing else writes. */
    List<String> TABLES = List.of("product");

    /**
     * Stores each product as it is unless a newer version of it is there; the same version is stored again, so that a row which
     * differs can be mended. No product may occur twice.
     */
    void put(Collection<Product> products);
}
