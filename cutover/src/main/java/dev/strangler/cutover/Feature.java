package dev.strangler.cutover;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A named slice of the monolith, as the feature map describes it.
 *
 * @param name what operators call it
 * @param service the name of the deployable that will own it
 * @param paths the request paths that belong to it, each with everything below it, such as {@code /api/assets}
 * @param aggregates the aggregate types that only this feature publishes
 * @param topic the one topic of its events
 * @param tables the tables of the feature on each side, unqualified, lower case; none in the monolith once it has left it
 * @param packages the base packages of its code on each side; sub-packages belong to it
 */
public record Feature(
        FeatureName name,
        String service,
        List<String> paths,
        Set<String> aggregates,
        String topic,
        Map<Side, Set<String>> tables,
        Map<Side, Set<String>> packages) {

    /** Paths that the sides keep for one another and for operators: with all below them they are nobody's feature. */
    public static final List<String> RESERVED_PATHS = List.of("/internal", "/actuator", "/strangler");

    private static final int DIGEST_BYTES = 8;

    public Feature {
        paths = List.copyOf(paths);
        aggregates = Set.copyOf(aggregates);
        tables = Map.copyOf(tables);
        packages = Map.copyOf(packages);
    }

    /** The tables on that side; empty when the feature has none there. */
    public Set<String> tablesOn(Side side) {
        return tables.getOrDefault(side, Set.of());
    }

    /** The base packages on that side; empty when the feature has none there. */
    public Set<String> packagesOn(Side side) {
        return packages.getOrDefault(side, Set.of());
    }

    /**
     * A short name of exactly this description: with other paths, aggregates, topic or tables it is another one. Code
     * packages don't count.
     */
    public String digest() {
        var described = String.join(
                "\n",
                name.value(),
                service,
                String.join(" ", paths),
                String.join(" ", new TreeSet<>(aggregates)),
                topic,
                String.join(" ", new TreeSet<>(tablesOn(Side.MONOLITH))),
                String.join(" ", new TreeSet<>(tablesOn(Side.SERVICE))));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(described.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256.", missing);
        }
    }

    /** Whether the path is reserved, in whatever case: some servers compare without it. */
    public static boolean isReserved(String path) {
        return RESERVED_PATHS.stream()
                .anyMatch(reserved -> path.equalsIgnoreCase(reserved)
                        || path.regionMatches(true, 0, reserved + "/", 0, reserved.length() + 1));
    }
}
