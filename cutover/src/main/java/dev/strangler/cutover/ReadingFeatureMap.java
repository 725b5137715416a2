package dev.strangler.cutover;

import dev.strangler.cutover.OwnedDatabase.Role;
import dev.strangler.outbox.relay.GuardedListener;
import dev.strangler.outbox.relay.RelayPace;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads one feature map and collects its mistakes. */
final class ReadingFeatureMap {

    private static final URI NOWHERE = URI.create("http://nowhere.invalid");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.~-]+)+");
    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_$]{0,62}");
    private static final Pattern PACKAGE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern PROTOCOL = Pattern.compile("SASL_PLAINTEXT|SASL_SSL");
    private static final Pattern MECHANISM = Pattern.compile("PLAIN|SCRAM-SHA-256|SCRAM-SHA-512");
    private static final Pattern DATABASE = Pattern.compile("jdbc:postgresql://[^/\\s]+/[^/?\\s]+");

    private final String where;
    private final Placeholders placeholders;
    private final List<String> mistakes = new ArrayList<>();

    ReadingFeatureMap(String where, Map<String, String> environment) {
        this.where = where;
        this.placeholders = new Placeholders(environment);
    }

    FeatureMap read(String yaml) {
        var root = new YamlNode("", parsed(yaml), mistakes, placeholders)
                .allowing("monolith", "services", "kafka", "connect", "features");
        var first = root.child("monolith").allowing("url", "database", "paths");
        var monolith = deployable("monolith", first);
        var staying = staying(first.child("paths"));
        var services = new LinkedHashMap<String, Deployable>();
        root.child("services").children().forEach((name, node) -> {
            if (!FeatureName.isWellFormed(name) || name.equals("monolith")) {
                node.mistake("'%s' can't name a service. Use lower-case letters, digits, hyphens, and not 'monolith'."
                        .formatted(name));
            }
            services.put(name, deployable(name, node.allowing("url", "database")));
        });
        var brokers = root.child("kafka").allowing("bootstrap", "guarded");
        var kafka = brokers.child("bootstrap").text();
        var guarded = guarded(brokers.child("guarded"));
        var connect = url(root.child("connect").allowing("url").child("url"));
        var features = features(root.child("features"), services.keySet());
        new Overlaps(features, staying, mistakes).note();
        if (!mistakes.isEmpty()) {
            throw new WrongFeatureMap(where, mistakes);
        }
        return new FeatureMap(monolith, services, kafka, guarded, connect, staying, features);
    }

    private @Nullable Object parsed(String yaml) {
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            return new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (YAMLException broken) {
            throw new WrongFeatureMap(where, List.of("it is no YAML: " + broken.getMessage()));
        }
    }

    private Deployable deployable(String name, YamlNode node) {
        return new Deployable(name, url(node.child("url")), database(node.child("database")));
    }

    private OwnedDatabase database(YamlNode node) {
        node.allowing("url", "owner", "relay", "verifier", "pace");
        var url = matching(node.child("url"), DATABASE, "a JDBC URL like jdbc:postgresql://host:5432/name");
        var owner = role(node.child("owner"));
        var verifier = node.child("verifier");
        return new OwnedDatabase(
                url, owner, role(node.child("relay")), verifier.isMissing() ? owner : role(verifier), pace(node));
    }

    private static RelayPace pace(YamlNode database) {
        if (!database.children().containsKey("pace")) {
            return RelayPace.PROMPT;
        }
        var pace = database.child("pace");
        return switch (pace.text()) {
            case "prompt" -> RelayPace.PROMPT;
            case "thrifty" -> RelayPace.THRIFTY;
            default -> {
                pace.mistake("'%s' is no pace. Write prompt or thrifty.".formatted(pace.text()));
                yield RelayPace.PROMPT;
            }
        };
    }

    private @Nullable GuardedKafka guarded(YamlNode node) {
        if (node.isMissing()) {
            return null;
        }
        node.allowing("bootstrap", "protocol", "mechanism", "administrator");
        var administrator = node.child("administrator").allowing("name", "password");
        return new GuardedKafka(
                new GuardedListener(
                        node.child("bootstrap").text(),
                        matching(node.child("protocol"), PROTOCOL, "SASL_PLAINTEXT or SASL_SSL"),
                        matching(node.child("mechanism"), MECHANISM, "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512")),
                new Role(
                        administrator.child("name").text(),
                        administrator.child("password").text()));
    }

    private Role role(YamlNode node) {
        node.allowing("name", "password");
        return new Role(
                matching(node.child("name"), TABLE, "the name of a role"),
                node.child("password").text());
    }

    private URI url(YamlNode node) {
        var text = node.text();
        try {
            var url = URI.create(text);
            var path = url.getPath();
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && (path == null || path.isEmpty())) {
                return url;
            }
        } catch (IllegalArgumentException noUrl) {
            // told below, in the same words as every other wrong URL
        }
        node.mistake("'%s' is no base URL. Write http://host:port, without a path.".formatted(text));
        return NOWHERE;
    }

    private List<String> staying(YamlNode node) {
        return node.isGiven() ? paths(node) : List.of();
    }

    private List<String> paths(YamlNode node) {
        return unreserved(
                node, matchingEach(node, PATH, "a path like /api/assets, which includes everything below it"));
    }

    private List<Feature> features(YamlNode node, Set<String> services) {
        if (node.isMissing()) {
            node.mistake("there is no feature. Describe at least one.");
        }
        var features = new ArrayList<Feature>();
        node.children().forEach((name, child) -> {
            if (FeatureName.isWellFormed(name)) {
                features.add(feature(new FeatureName(name), child, services));
            } else {
                child.mistake("'%s' is no name of a feature. Use lower-case letters, digits and hyphens, at most 40."
                        .formatted(name));
            }
        });
        return features;
    }

    private Feature feature(FeatureName name, YamlNode node, Set<String> services) {
        node.allowing("service", "paths", "aggregates", "topic", "tables", "packages");
        var service = node.child("service").text();
        if (!services.contains(service)) {
            node.child("service")
                    .mistake("'%s' is none of the services %s. Add it to services, or correct the name."
                            .formatted(service, services));
        }
        return new Feature(
                name,
                service,
                paths(node.child("paths")),
                new LinkedHashSet<>(node.child("aggregates").texts()),
                matching(node.child("topic"), TOPIC, "the name of a topic"),
                perSide(node.child("tables"), TABLE, "an unqualified, lower-case table name"),
                perSide(node.child("packages"), PACKAGE, "a base package"));
    }

    private static List<String> unreserved(YamlNode node, List<String> paths) {
        paths.stream()
                .filter(Feature::isReserved)
                .forEach(path ->
                        node.mistake("'%s' is never reachable from outside, like all of %s. Choose another path."
                                .formatted(path, Feature.RESERVED_PATHS)));
        return paths;
    }

    /** What left the monolith is said as well: an empty list, once its feature is sealed. */
    private Map<Side, Set<String>> perSide(YamlNode node, Pattern shape, String description) {
        node.allowing("monolith", "service");
        var sides = new EnumMap<Side, Set<String>>(Side.class);
        sides.put(
                Side.MONOLITH,
                new LinkedHashSet<>(matchingEach(
                        node.child("monolith"), node.child("monolith").textsOrNone(), shape, description)));
        sides.put(Side.SERVICE, new LinkedHashSet<>(matchingEach(node.child("service"), shape, description)));
        return sides;
    }

    private String matching(YamlNode node, Pattern shape, String description) {
        var text = node.text();
        if (!text.isBlank() && !shape.matcher(text).matches()) {
            node.mistake("'%s' is not %s. Correct it.".formatted(text, description));
        }
        return text;
    }

    private List<String> matchingEach(YamlNode node, Pattern shape, String description) {
        return matchingEach(node, node.texts(), shape, description);
    }

    private List<String> matchingEach(YamlNode node, List<String> texts, Pattern shape, String description) {
        texts.stream()
                .filter(text -> !text.isBlank() && !shape.matcher(text).matches())
                .forEach(text -> node.mistake("'%s' is not %s. Correct it.".formatted(text, description)));
        return texts;
    }
}
