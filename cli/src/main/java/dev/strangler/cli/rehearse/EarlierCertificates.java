package dev.strangler.cli.rehearse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Certificates of rehearsals that were carried out in portions, so that they add up. Only clean ones count, and only those of the same feature
 * of the same map with the same programs: whatever has changed since is to be rehearsed anew.
 *
 * @param folder where they are kept
 */
record EarlierCertificates(Path folder) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What they say together.
     *
     * @param kills that were carried out, with their directions, each of which ended in a named state
     * @param certificates that say so
     */
    record Sum(Set<Kill> kills, int certificates) {

        Sum {
            kills = Set.copyOf(kills);
        }
    }

    /**
     * The sum of those of the feature.
     *
     * @param map digest of the feature in its map
     * @param programs digest of what ran
     * @param victims that a kill may name
     */
    Sum of(String feature, String map, String programs, List<String> victims) {
        var kills = new LinkedHashSet<Kill>();
        var number = 0;
        for (var certificate : all(feature)) {
            if (certificate.path("map").asString("").equals(map)
                    && certificate.path("programs").asString("").equals(programs)
                    && certificate.path("clean").asBoolean(false)) {
                number++;
                certificate.path("faulty").forEach(passage -> kills.add(kill(passage, victims)));
            }
        }
        return new Sum(kills, number);
    }

    private static Kill kill(JsonNode passage, List<String> victims) {
        var written = passage.path("killed").asString("") + ":"
                + passage.path("direction").asString("");
        return Kill.parse(written, victims);
    }

    private List<JsonNode> all(String feature) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(folder, feature + "-*.json")) {
            var read = new ArrayList<JsonNode>();
            for (var file : files) {
                read.add(read(file));
            }
            return read;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the certificates in " + folder, unreadable);
        }
    }

    /** One that was cut off while it was written says nothing. */
    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file);
        } catch (JacksonException cutOff) {
            return JSON.createObjectNode();
        }
    }
}
