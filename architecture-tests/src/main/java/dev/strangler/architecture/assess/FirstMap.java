package dev.strangler.architecture.assess;

import dev.strangler.architecture.assess.Assessment.Context;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A first {@code strangler.yml} for the parts that own tables: right in form, to be corrected in content. */
public final class FirstMap {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.~-]+)+");
    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_$]{0,62}");
    private static final int LONGEST_NAME = 40;

    private FirstMap() {}

    /** The text of the file. What had to be guessed says so in a comment. */
    public static String of(Assessment assessment) {
        var features = assessment.contexts().stream()
                .filter(context ->
                        !tables(context).isEmpty() && !context.packages().isEmpty())
                .toList();
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
        for (var feature : features) {
            yaml.append(service(name(feature), port++));
        }
        yaml.append("""

                kafka:
                  bootstrap: ${KAFKA_BOOTSTRAP:127.0.0.1:9092}
                connect:
                  url: ${CONNECT_URL:http://127.0.0.1:8083}

                # Easiest first, as far as the code tells.
                features:
                """);
        features.forEach(feature -> yaml.append(feature(feature)));
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

    private static String feature(Context context) {
        var name = name(context);
        var paths = context.paths().stream()
                .filter(path -> PATH.matcher(path).matches())
                .toList();
        var aggregates = context.aggregates().isEmpty() ? List.of(capitalized(name)) : context.aggregates();
        return """
                  %s:
                    service: %s-service
                    paths: [%s]%s
                    aggregates: [%s]
                    topic: %s.v1
                    tables:
                      monolith: [%s]
                      service: [%s]
                    packages:
                      monolith: [%s]
                      service: [com.example.%s]
                """.formatted(
                        name,
                        name,
                        paths.isEmpty() ? "/" + name : String.join(", ", paths),
                        paths.isEmpty() ? " # guessed: none was found in its classes" : "",
                        String.join(", ", aggregates),
                        name,
                        String.join(", ", tables(context)),
                        String.join(", ", tables(context)),
                        String.join(", ", context.packages()),
                        name.replace("-", ""));
    }

    private static List<String> tables(Context context) {
        return context.tables().stream()
                .filter(table -> TABLE.matcher(table).matches())
                .collect(Collectors.toList());
    }

    private static String name(Context context) {
        var name = context.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    private static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace("-", "");
    }
}
