package dev.strangler.media.blobs;

/** The source answered, and what it answered is not the blob. Asking again soon would not help. */
class Unusable extends Exception {

    private static final long serialVersionUID = 1L;

    Unusable(String fact) {
        super(fact);
    }
}
