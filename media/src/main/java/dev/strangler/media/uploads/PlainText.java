package dev.strangler.media.uploads;

/** What a client's text must be free of before it is stored and shown to other people. */
final class PlainText {

    private PlainText() {}

    /**
     * Whether the text holds only characters that are what they look like: no control characters (NUL, CR, LF and the
     * rest), no line or paragraph separators, no half surrogates, nothing that turns the direction of writing, no
     * byte-order mark.
     */
    static boolean isPlain(String text) {
        return text.codePoints().allMatch(PlainText::isPlain);
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> !turnsDirection(character) && character != 0xFEFF;
        };
    }

    private static boolean turnsDirection(int character) {
        return character == 0x061C
                || character == 0x200E
                || character == 0x200F
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }
}
