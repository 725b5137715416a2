package dev.strangler.contracts;

import com.networknt.schema.Error;
import org.jspecify.annotations.Nullable;

/**
 * One place at which a document does not fit a schema.
 *
 * @param pointer where, as a JSON pointer; for a missing field, where it should be
 * @param keyword what of the schema is not met, like {@code required}
 * @param expected the keyword's value in the schema, as JSON
 * @param found what stands there, as JSON
 */
record Misfit(String pointer, String keyword, String expected, String found) {

    private static final int LONGEST_FOUND = 60;

    static Misfit of(Error error) {
        String place = String.valueOf(error.getInstanceLocation());
        boolean isField = error.getProperty() != null && !error.getKeyword().equals("propertyNames");
        return new Misfit(
                isField ? place + "/" + error.getProperty() : place,
                error.getKeyword(),
                text(error.getSchemaNode()),
                shortened(text(error.getInstanceNode())));
    }

    /** Says it of a document: what is wrong with it. */
    String inWords() {
        return switch (keyword) {
            case "required" -> "field '" + field() + "' is missing at " + pointer;
            case "type" -> "field '" + field() + "' is no " + expected + " but " + found + " at " + pointer;
            case "additionalProperties", "unevaluatedProperties" ->
                "field '" + field() + "' is not allowed at " + pointer;
            default -> "field '" + field() + "' is " + found + " but " + rule() + " at " + pointer;
        };
    }

    /** Says it of a schema that took the document before: what has become stricter. */
    String asChange() {
        return switch (keyword) {
            case "required" -> "field '" + field() + "' became required at " + pointer;
            case "type" -> "field '" + field() + "' changed its type to " + expected + " at " + pointer;
            case "enum", "const" ->
                "field '" + field() + "' may no longer be " + found + ", only " + expected + ", at " + pointer;
            case "additionalProperties", "unevaluatedProperties" ->
                "field '" + field() + "' is no longer allowed at " + pointer;
            default ->
                "field '" + field() + "' may no longer be " + found + ", as it now " + rule() + ", at " + pointer;
        };
    }

    private String rule() {
        return switch (keyword) {
            case "enum", "const" -> "must be " + expected;
            case "false" -> "must not be there";
            default -> "must meet '" + keyword + ": " + expected + "'";
        };
    }

    private String field() {
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        return name.isEmpty() ? "(all)" : name;
    }

    private static String text(@Nullable Object node) {
        return node == null ? "nothing" : node.toString().replaceAll("^\"(.*)\"$", "$1");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_FOUND ? text : text.substring(0, LONGEST_FOUND) + "…";
    }
}
