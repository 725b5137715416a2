package dev.strangler.facade.console;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Lines that people copy into a shell: whatever a stranger has written stays one word there. */
final class Shell {

    /** What no shell reads as anything else; {@code …} stands for what is to be filled in. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:%…/-]+");

    private Shell() {}

    /** One word of a command. */
    static String word(Object given) {
        var text = String.valueOf(given);
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Likewise each. */
    static Object[] words(Object... given) {
        return Arrays.stream(given).map(Shell::word).toArray();
    }
}
