package dev.strangler.pim.products;

import static java.util.Objects.requireNonNull;

/** What a product is called and how it is described. */
public record Details(String name, String description) {

    public Details {
        requireNonNull(name, "name");
        requireNonNull(description, "description");
    }
}
