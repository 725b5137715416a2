package dev.strangler.architecture.sql;

/**
 * Characters that stand in a text for what is known only when the program runs. They lie in Unicode's private area, so no real
 * text has them.
 */
public final class Holes {

    /** A text that nobody can tell from the code. */
    public static final char UNKNOWN = '\uE0FF';
    /** More texts than are worth telling apart. */
    public static final char TOO_MANY = '\uE0FE';
    /** A number or the like: it can be a value, and no name. */
    public static final char VALUE = '\uE0FD';

    private static final char FIRST_PARAMETER = '\uE000';
    private static final char LAST_PARAMETER = '\uE0EF';

    private Holes() {}

    /** What the method's caller passes as this parameter, counted from 0 without the receiver. */
    public static String parameter(int index) {
        return index <= LAST_PARAMETER - FIRST_PARAMETER
                ? String.valueOf((char) (FIRST_PARAMETER + index))
                : String.valueOf(UNKNOWN);
    }

    /** Whether the character stands for a text that is not known here; a value does not count, since it names nothing. */
    public static boolean isHole(int character) {
        return isParameter(character) || character == UNKNOWN || character == TOO_MANY;
    }

    /** Whether the character stands for a parameter. */
    public static boolean isParameter(int character) {
        return character >= FIRST_PARAMETER && character <= LAST_PARAMETER;
    }

    /** The index of the parameter that the character stands for. */
    public static int indexOf(int parameter) {
        return parameter - FIRST_PARAMETER;
    }

    /** Whether any part of the text depends on a parameter. */
    public static boolean hasParameter(String text) {
        return text.chars().anyMatch(Holes::isParameter);
    }

    /** The text as a person reads it: each hole as an ellipsis in braces. */
    public static String told(String text) {
        var told = new StringBuilder();
        text.chars().forEach(character -> {
            if (isHole(character)) {
                told.append("{…}");
            } else {
                told.append(character == VALUE ? '?' : (char) character);
            }
        });
        return told.toString().strip().replaceAll("\\s+", " ");
    }
}
