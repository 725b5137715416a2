package dev.strangler.contracts;

/** A payload that does not fit the schema of its event type; the message names every field that is wrong. */
public class SchemaViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SchemaViolation(String message) {
        super(message);
    }
}
