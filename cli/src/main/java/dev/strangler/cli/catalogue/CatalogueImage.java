package dev.strangler.cli.catalogue;

import java.nio.file.Path;

/**
 * A picture of a product.
 *
 * @param line the row that names it
 * @param file lies inside the catalogue's directory; checked when the catalogue was read
 */
public record CatalogueImage(long line, Path file) {}
