package dev.strangler.cutover;

import dev.strangler.outbox.relay.RelayConnector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one description of what a feature is, read from {@code strangler.yml}. The façade routes by it, connectors are configured by it,
 * and the laws judge by it.
 *
 * @param monolith the application before extraction
 * @param services the services that own, or will own, features; by name
 * @param kafka the broker's bootstrap servers, {@code host:port} separated by commas
 * @param connect the base URL of the Kafka Connect workers
 * @param features in the order of the file
 */
public record FeatureMap(
        Deployable monolith, Map<String, Deployable> services, String kafka, URI connect, List<Feature> features) {

    public FeatureMap {
        services = Map.copyOf(services);
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
        return deployables().stream().map(Deployable::connector).toList();
    }

    /** The topics of all features, in the order of the file. */
    public List<String> topics() {
        return features.stream().map(Feature::topic).toList();
    }
}
