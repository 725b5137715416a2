package dev.strangler.contracts;

import static java.util.stream.Collectors.joining;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.products.ProductEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Judges payloads by the schemas of this module. Meant for tests, where each event is checked as it is appended; it needs
 * the library {@code com.networknt:json-schema-validator}, which this module does not impose.
 */
public final class ContractSchemas {

    private static final SchemaFolder FOLDER = new SchemaFolder(ContractSchemas::resource);

    private ContractSchemas() {}

    /**
     * Does nothing if the payload fits.
     *
     * @param type the event type, like {@code AssetUploaded}
     * @param version the schema version, from 1
     * @throws SchemaViolation if it does not, naming every field that is wrong; also if there is no such type or version
     */
    public static void check(String type, int version, String payload) {
        String path = topic(type) + "/" + type + ".v" + version + ".schema.json";
        if (!FOLDER.has(path)) {
            throw new SchemaViolation("There is no schema " + path + ". Add it to contracts before you publish by it.");
        }
        var misfits = FOLDER.misfits(path, parse(type, payload));
        if (!misfits.isEmpty()) {
            throw new SchemaViolation(type + " v" + version + " does not fit its schema: "
                    + misfits.stream().map(Misfit::inWords).collect(joining("; "))
                    + ". Correct the publisher, or publish by a newer schema version.");
        }
    }

    private static JsonNode parse(String type, String payload) {
        try {
            return SchemaFolder.parse(payload);
        } catch (JacksonException refusal) {
            throw new SchemaViolation("The payload of " + type + " is no JSON: " + refusal.getOriginalMessage());
        }
    }

    private static String topic(String type) {
        if (AssetEvents.TYPES.contains(type)) {
            return AssetEvents.TOPIC;
        }
        if (ProductEvents.TYPES.contains(type)) {
            return ProductEvents.TOPIC;
        }
        throw new SchemaViolation(
                "There is no event type '" + type + "' in contracts. Use one of AssetEvents or ProductEvents.");
    }

    private static @Nullable String resource(String path) {
        try (var stream = ContractSchemas.class.getResourceAsStream(path)) {
            return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read " + path + " of contracts", failure);
        }
    }
}
