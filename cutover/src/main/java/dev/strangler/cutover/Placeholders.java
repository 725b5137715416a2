package dev.strangler.cutover;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values of the environment in the place of {@code ${NAME}} and {@code ${NAME:default}}. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

    private final Map<String, String> environment;

    Placeholders(Map<String, String> environment) {
        this.environment = environment;
    }

    String resolve(String text, Consumer<String> mistakes) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            var value = environment.getOrDefault(match.group(1), match.group(2));
            if (value == null) {
                mistakes.accept("%s is not set in the environment and has no default. Set it, or write ${%s:default}."
                        .formatted(match.group(1), match.group(1)));
                return "";
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
