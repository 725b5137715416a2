package dev.strangler.architecture.assess;

import dev.strangler.architecture.assess.Assessment.Context;
import dev.strangler.cutover.Feature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A first {@code strangler.yml} for the parts that own tables: right in form, to be corrected in content. */
public final class FirstMap {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.~-]+)+");
    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_$]{0,62}");
    /** Room is left for a number. */
    private static final int LONGEST_NAME = 36;

    private static final Pattern PACKAGE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*");

    private final Map<Context, String> names = new LinkedHashMap<>();
    private final Claims paths = new Claims("/");
    private final Claims packages = new Claims(".");
    private final Claims aggregates = new Claims("");

    private FirstMap(Assessment assessment) {
        for (var context : assessment.contexts()) {
            if (!tables(context).isEmpty() && context.packages().stream().anyMatch(name -> isWellFormed(name))) {
                names.put(context, unused(name(context)));
            }
        }
    }

    /** The text of the file. What had to be guessed says so in a comment. */
    public static String of(Assessment assessment) {
        return new FirstMap(assessment).written();
    }

    private String written() {
        var yaml = new StringBuilder("""
                # A first map, guessed from the code. Check packages and tables with the people who own them; put in the real addresses.

                monolith:
                  url: ${MONOLITH_URL:http://127.0.0.1:8090}
                  database:
                    url: ${MONOLITH_DATABASE_URL:jdbc:postgresql://127.0.0.1:5432/monolith}
                    owner: {name: monolith, password: "${MONOLITH_DATABASE_PASSWORD:monolith}"}
                    relay: {name: monolith_relay, password: "${MONOLITH_RELAY_PASSWORD:monolith_relay}"}

                services:
                """);
        int port = 8091;
        for (var name : names.values()) {
            yaml.append(service(name, port++));
        }
        yaml.append("""

                kafka:
                  bootstrap: ${KAFKA_BOOTSTRAP:127.0.0.1:9092}
                connect:
                  url: ${CONNECT_URL:http://127.0.0.1:8083}

                # Easiest first, as far as the code tells.
                features:
                """);
        names.forEach((context, name) -> yaml.append(feature(context, name)));
        return yaml.toString();
    }

    private static String service(String name, int port) {
        var database = name.replace('-', '_');
        return """
                  %1$s-service:
                    url: http://127.0.0.1:%2$d
                    database:
                      url: jdbc:postgresql://127.0.0.1:5432/%3$s
                      owner: {name: %3$s, password: %3$s}
                      relay: {name: %3$s_relay, password: %3$s_relay}
                """.formatted(name, port, database);
    }

    private String feature(Context context, String name) {
        var own = paths.claim(
                name,
                context.paths().stream()
                        .filter(path -> PATH.matcher(path).matches() && !Feature.isReserved(path))
                        .toList());
        var kinds = aggregates.claim(name, context.aggregates());
        var homes = packages.claim(
                name, context.packages().stream().filter(FirstMap::isWellFormed).toList());
        return """
                  %s:
                    service: %s-service
                    paths: [%s]%s
                    aggregates: [%s]%s
                    topic: %s.v1
                    tables:
                      monolith: [%s]
                      service: [%s]
                    packages:
                      monolith: [%s]%s
                      service: [com.example.%s]
                """.formatted(
                name,
                name,
                own.isEmpty() ? guessed(paths, name, "/" + name) : String.join(", ", own),
                (own.isEmpty() ? " # guessed: none of its own was found in its classes" : "") + paths.clashes(name),
                kinds.isEmpty() ? guessed(aggregates, name, capitalized(name)) : String.join(", ", kinds),
                aggregates.clashes(name),
                name,
                String.join(", ", tables(context)),
                String.join(", ", tables(context)),
                String.join(", ", homes),
                packages.clashes(name),
                identifier(name));
    }

    /** Taken if nobody has it, and made distinct if somebody has. */
    private static String guessed(Claims claims, String name, String wanted) {
        return claims.claim(name, List.of(wanted)).isEmpty() ? wanted + "-of-" + name : wanted;
    }

    private static boolean isWellFormed(String packageName) {
        return PACKAGE.matcher(packageName).matches();
    }

    private static String identifier(String name) {
        return name.replace("-", "");
    }

    private static List<String> tables(Context context) {
        return context.tables().stream()
                .filter(table -> TABLE.matcher(table).matches())
                .collect(Collectors.toList());
    }

    /** A feature's name begins with a letter. */
    private static String name(Context context) {
        var name = context.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        var begun = name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "part-" + name : name;
        return begun.length() > LONGEST_NAME ? begun.substring(0, LONGEST_NAME) : begun;
    }

    private String unused(String wanted) {
        var name = wanted;
        for (int number = 2; names.containsValue(name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    private static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace("-", "");
    }
}
