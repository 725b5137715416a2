package dev.strangler.pim.products;

import java.util.UUID;

/** Which image: the identifier of an asset that somebody else keeps. */
public record ImageId(UUID value) {

    /** The identifier in its text form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
