package dev.strangler.outbox;

import java.util.Optional;

/**
 * Tells whether a text is one JSON value (RFC 8259), without building it: about as cheap as reading the text once, and it
 * spares the outbox a JSON library.
 */
final class JsonSyntax {

    private static final int DEEPEST = 512;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** What is wrong first, and where (character from 0); empty when it is one JSON value. */
    static Optional<String> firstError(String text) {
        var syntax = new JsonSyntax(text);
        try {
            syntax.space();
            syntax.value(0);
            syntax.space();
            return syntax.at == text.length() ? Optional.empty() : Optional.of(syntax.unexpected());
        } catch (Malformed malformed) {
            return Optional.of(malformed.error);
        }
    }

    private void value(int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed("nested deeper than " + DEEPEST + " at character " + at);
        }
        switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void object(int depth) throws Malformed {
        at++;
        space();
        if (skipped('}')) {
            return;
        }
        do {
            space();
            string();
            space();
            expect(':');
            space();
            value(depth + 1);
            space();
        } while (skipped(','));
        expect('}');
    }

    private void array(int depth) throws Malformed {
        at++;
        space();
        if (skipped(']')) {
            return;
        }
        do {
            space();
            value(depth + 1);
            space();
        } while (skipped(','));
        expect(']');
    }

    private void string() throws Malformed {
        expect('"');
        while (true) {
            char c = peek();
            if (c < ' ') {
                throw new Malformed(unexpected());
            }
            at++;
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() throws Malformed {
        char c = peek();
        if ("\"\\/bfnrt".indexOf(c) >= 0) {
            at++;
            return;
        }
        expect('u');
        for (int digit = 0; digit < HEX_DIGITS; digit++) {
            if (Character.digit(peek(), 16) < 0) {
                throw new Malformed(unexpected());
            }
            at++;
        }
    }

    private void number() throws Malformed {
        skipped('-');
        if (!skipped('0')) {
            digits();
        }
        if (skipped('.')) {
            digits();
        }
        if (skipped('e') || skipped('E')) {
            if (!skipped('+')) {
                skipped('-');
            }
            digits();
        }
    }

    private void digits() throws Malformed {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw new Malformed(unexpected());
        }
    }

    private void word(String word) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw new Malformed(unexpected());
        }
        at += word.length();
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skipped(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws Malformed {
        if (peek() != c) {
            throw new Malformed(unexpected());
        }
        at++;
    }

    private char peek() throws Malformed {
        if (at >= text.length()) {
            throw new Malformed(unexpected());
        }
        return text.charAt(at);
    }

    private String unexpected() {
        if (at >= text.length()) {
            return "it ends too early, after character " + at;
        }
        char c = text.charAt(at);
        return c < ' '
                ? "a raw control character (U+%04X) at character %d".formatted((int) c, at)
                : "unexpected '%s' at character %d".formatted(c, at);
    }

    /** Leaves the descent; never seen outside. */
    private static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        private final String error;

        Malformed(String error) {
            super(error, null, false, false);
            this.error = error;
        }
    }
}
