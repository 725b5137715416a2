package dev.strangler.pim.products;

import java.util.UUID;

/** Which product. A type of its own, so that no other identifier is taken for it. */
public record ProductId(UUID value) {

    /** The identifier in its text form, as events carry it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
