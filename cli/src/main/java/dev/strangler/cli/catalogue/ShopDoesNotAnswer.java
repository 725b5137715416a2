package dev.strangler.cli.catalogue;

/** The shop was asked as often as patience allows and is not there. What went in stays in; the import can be repeated. */
public final class ShopDoesNotAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ShopDoesNotAnswer(String message) {
        super(message);
    }
}
