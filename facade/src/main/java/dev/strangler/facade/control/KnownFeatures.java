package dev.strangler.facade.control;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import org.jspecify.annotations.Nullable;

/** What requests name: features of the map, and texts that go into journals. */
public final class KnownFeatures {

    private static final int LONGEST_TEXT = 500;

    private KnownFeatures() {}

    /** The feature of that name; refuses when there is none. */
    public static Feature named(FeatureMap map, String name) {
        return map.features().stream()
                .filter(feature -> feature.name().value().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ControlRefusal.notFound("There is no feature of that name; there are %s. Name one of them."
                                .formatted(map.features().stream()
                                        .map(Feature::name)
                                        .toList())));
    }

    /** One line, or nothing; refuses anything longer. */
    public static String text(String name, @Nullable String given) {
        if (given == null) {
            return "";
        }
        if (given.length() > LONGEST_TEXT || given.codePoints().anyMatch(Character::isISOControl)) {
            throw ControlRefusal.badRequest(
                    "'%s' must be one line of at most %d characters. Shorten it.".formatted(name, LONGEST_TEXT));
        }
        return given.strip();
    }

    /** The operator's name; refuses when there is none. */
    public static String who(@Nullable String given) {
        var who = text("who", given);
        if (who.isBlank()) {
            throw ControlRefusal.badRequest(
                    "'who' is missing; the journal names everybody who changes something. Add it.");
        }
        return who;
    }
}
