package dev.strangler.monolith.assets;

/** Tags that are too many, too long, or carry characters that do not belong into a word. The message says which. */
class UnusableTags extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnusableTags(String message) {
        super(message);
    }
}
