package dev.strangler.inbox;

/** Says that a record had to be parked where another one is parked already: its topic is not the one that it was. */
class PlaceTaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlaceTaken(String consumer, LogRecord record, AggregateKey parked) {
        super(
                "Consumer '%s' has to park %s, and under that offset another record of %s is parked, from a log that is no more; a place holds one. Give the records of that key up, until the place is free: select strangler.parked_skip(%s, %s, %s)."
                        .formatted(
                                consumer,
                                record.partition() + "@" + record.offset(),
                                parked,
                                literal(consumer),
                                literal(parked.type()),
                                literal(parked.id())));
    }

    /** Strangers have chosen these words, and operators run the line. */
    private static String literal(String word) {
        return "'" + word.replace("'", "''") + "'";
    }
}
