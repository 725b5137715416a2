package dev.strangler.inbox;

/** Says that somebody else has moved a position meanwhile, so whatever was done on the strength of the old one is rolled back. */
class PositionLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PositionLost(String message) {
        super(message);
    }
}
