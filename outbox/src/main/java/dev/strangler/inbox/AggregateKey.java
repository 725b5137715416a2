package dev.strangler.inbox;

/** What a version is kept for, and what is parked as a whole. */
record AggregateKey(String type, String id) {

    /** The type under which a record is parked that does not say its own. */
    static final String UNKNOWN_TYPE = "?";

    boolean isTypeUnknown() {
        return type.equals(UNKNOWN_TYPE);
    }

    @Override
    public String toString() {
        return type + " " + id;
    }
}
