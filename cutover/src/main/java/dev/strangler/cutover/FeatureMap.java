package dev.strangler.cutover;

import dev.strangler.outbox.relay.RelayConnector;
import dev.strangler.outbox.relay.RelayRefused;
import dev.strangler.outbox.relay.TopicRights;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one description of what a feature is, read from {@code strangler.yml}. The façade routes by it, connectors are configured by it,
 * and the laws judge by it.
 *
 * @param monolith the application before extraction
 * @param services the services that own, or will own, features; by name
 * @param kafka the broker's bootstrap servers, {@code host:port} separated by commas
 * @param guarded where writers of topics say who they are; null where the brokers let everybody write
 * @param connect the base URL of the Kafka Connect workers
 * @param staying the request paths that stay with the monolith as no feature has them, each with everything below it; may be empty
 * @param features in the order of the file
 */
public record FeatureMap(
        Deployable monolith,
        Map<String, Deployable> services,
        String kafka,
        @Nullable GuardedKafka guarded,
        URI connect,
        List<String> staying,
        List<Feature> features) {

    public FeatureMap {
        services = Map.copyOf(services);
        staying = List.copyOf(staying);
        features = List.copyOf(features);
    }

    /**
     * Reads the map; {@code ${NAME:default}} is taken from this process's environment.
     *
     * @throws WrongFeatureMap when it can't be read or makes no sense, with every mistake at once
     */
    public static FeatureMap load(Path file) {
        return load(file, System.getenv());
    }

    /**
     * Reads the map with the given environment.
     *
     * @throws WrongFeatureMap when it can't be read or makes no sense, with every mistake at once
     */
    public static FeatureMap load(Path file, Map<String, String> environment) {
        try {
            return parse(file.toString(), Files.readString(file), environment);
        } catch (IOException unreadable) {
            throw new WrongFeatureMap(
                    file.toString(),
                    List.of("the file can't be read (%s). Name an existing strangler.yml.".formatted(unreadable)));
        }
    }

    static FeatureMap parse(String where, String yaml, Map<String, String> environment) {
        return new ReadingFeatureMap(where, environment).read(yaml);
    }

    /** The feature of that name, if there is one. */
    public Optional<Feature> feature(FeatureName name) {
        return features.stream().filter(feature -> feature.name().equals(name)).findFirst();
    }

    /** The process that answers for the feature on that side. */
    public Deployable deployable(Feature feature, Side side) {
        if (side == Side.MONOLITH) {
            return monolith;
        }
        var service = services.get(feature.service());
        if (service == null) {
            throw new IllegalArgumentException("Feature '%s' is not of this map: it has no service '%s', only %s."
                    .formatted(feature.name(), feature.service(), services.keySet()));
        }
        return service;
    }

    /** All processes: the monolith first, then the services by name. */
    public List<Deployable> deployables() {
        return Stream.concat(
                        Stream.of(monolith),
                        services.values().stream()
                                .sorted((one, other) -> one.name().compareTo(other.name())))
                .toList();
    }

    /**
     * The connectors of all processes. Also of those that write nothing yet: the way back must run before anybody needs it.
     */
    public List<RelayConnector> connectors() {
        return deployables().stream()
                .map(Deployable::connector)
                .map(connector -> guarded == null ? connector : connector.writingAt(guarded.listener()))
                .toList();
    }

    /** The connector of one of the processes. */
    public RelayConnector connector(Deployable side) {
        var name = side.connector().name();
        return connectors().stream()
                .filter(connector -> connector.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is not of this map.".formatted(side.name())));
    }

    /** What a Kafka client sets that makes topics and gives rights to them. */
    public Map<String, Object> kafkaAdministration() {
        if (guarded == null) {
            return Map.of("bootstrap.servers", kafka);
        }
        var administrator = guarded.administrator();
        return guarded.listener().client(administrator.name(), administrator.password());
    }

    /**
     * Gives each connector the right to write the topics of what its process may own, and everybody the right to read them. Does nothing where the
     * brokers let everybody write.
     *
     * @throws RelayRefused when the brokers do not answer within 30 seconds or refuse
     */
    public void ensureTopicRights() {
        if (guarded == null) {
            return;
        }
        var writers = new TreeMap<String, Set<String>>();
        for (var side : deployables()) {
            var written = new TreeSet<String>();
            written.add(side.connector().heartbeatTopic());
            features.stream()
                    .filter(feature ->
                            side.equals(monolith) || feature.service().equals(side.name()))
                    .forEach(feature -> written.add(feature.topic()));
            writers.put(side.connector().username(), written);
        }
        new TopicRights(kafkaAdministration()).ensure(topics(), writers);
    }

    /** The topics of all features, in the order of the file. */
    public List<String> topics() {
        return features.stream().map(Feature::topic).toList();
    }
}
