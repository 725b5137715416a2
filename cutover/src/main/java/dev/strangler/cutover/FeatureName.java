package dev.strangler.cutover;

import java.util.regex.Pattern;

/**
 * The name of a feature: lower-case letters, digits and hyphens, at most 40, a letter first. It is typed by operators and becomes part of
 * SQL identifiers.
 */
public record FeatureName(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public FeatureName {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a feature: allowed are %s. Choose another.".formatted(value, SHAPE.pattern()));
        }
    }

    static boolean isWellFormed(String value) {
        return SHAPE.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
