package dev.strangler.monolith.products.intake;

/** A product cannot be stored as its owner tells it, since it shows an image that the monolith has no row of. */
class ImageNotThere extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImageNotThere(Throwable violation) {
        super(
                "A product shows an image of which the monolith has no row, purged by its owner or not heard of yet, and a foreign key"
                        + " asks for one. Take the image off the product at its owner and skip this record, or remove the keys across"
                        + " features (strangler prepare products --remove-keys) and retry it.",
                violation);
    }
}
