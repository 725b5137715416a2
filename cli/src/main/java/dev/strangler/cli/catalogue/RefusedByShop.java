package dev.strangler.cli.catalogue;

/** The shop turned one image or product down; the message says why, in the shop's words. */
final class RefusedByShop extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedByShop(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
