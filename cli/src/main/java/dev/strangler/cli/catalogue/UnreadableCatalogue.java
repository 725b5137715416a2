package dev.strangler.cli.catalogue;

/** The file as a whole is not a catalogue; nothing of it was imported. */
public final class UnreadableCatalogue extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableCatalogue(String message) {
        super(message);
    }

    UnreadableCatalogue(String message, Throwable cause) {
        super(message, cause);
    }
}
