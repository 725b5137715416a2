package dev.strangler.cli.catalogue;

/** An image that a row names and that is not read; the message is the reason given for the row. */
final class RefusedImage extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedImage(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
