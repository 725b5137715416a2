package dev.strangler.facade.console;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of something that was asked for.
 *
 * @param isDone false when it was refused, or failed
 * @param title in a sentence
 * @param lines more of it
 */
record Said(boolean isDone, String title, List<String> lines) {

    Said {
        lines = new ArrayList<>(lines);
    }

    static Said done(String title, List<String> lines) {
        return new Said(true, title, lines);
    }

    static Said done(String title) {
        return done(title, List.of());
    }

    static Said not(String title, String detail) {
        return new Said(false, title, List.of(detail));
    }

    /** All of it in one line. */
    String whole() {
        return (title + " " + String.join(" ", lines)).strip();
    }
}
