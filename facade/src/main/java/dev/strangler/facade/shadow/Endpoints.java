package dev.strangler.facade.shadow;

import dev.strangler.cutover.Shadows;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The kinds of requests: paths without what names a single thing. The façade does not know which part of a path is a name, so it takes
 * for one whatever is not made of small letters and hyphens alone; and beyond a number of kinds it tells no more of them apart.
 */
final class Endpoints {

    static final String OTHERS = "GET (others)";

    private static final Pattern WORD = Pattern.compile("[a-z]+(-[a-z]+)*|v[0-9]+");

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** The kind of a read. */
    String of(ShadowedRead read) {
        var kind = kind(read.path());
        if (known.contains(kind)) {
            return kind;
        }
        // Two threads at once may let in one more than allowed.
        return known.size() < Shadows.MOST_ENDPOINTS && known.add(kind) ? kind : OTHERS;
    }

    private static String kind(String path) {
        var parts = new ArrayList<String>();
        for (var part : path.split("/", -1)) {
            parts.add(part.isEmpty() || WORD.matcher(part).matches() ? part : "{id}");
        }
        return "GET " + String.join("/", parts);
    }
}
