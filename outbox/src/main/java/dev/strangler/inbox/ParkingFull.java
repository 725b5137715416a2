package dev.strangler.inbox;

/** Says that a record had to be parked and the limit is reached. */
class ParkingFull extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ParkingFull(String consumer, int parked, int limit) {
        super(
                "Consumer '%s' has %d records parked, allowed are %d. Find the cause in strangler.inbox_parked and retry or skip, or raise strangler.inbox.parked-limit."
                        .formatted(consumer, parked, limit));
    }
}
