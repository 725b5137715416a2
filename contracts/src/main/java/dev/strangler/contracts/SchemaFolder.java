package dev.strangler.contracts;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Schemas by topic and name, wherever their texts come from. Reads each once; safe for concurrent use. */
final class SchemaFolder {

    /** Where schemas are addressed; the name resolves nowhere, texts come from the folder alone. */
    static final String BASE = "https://strangler.example/contracts/";

    private static final JsonMapper JSON = JsonMapper.builder()
            // A double would lose digits of an amount before the schema sees it.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SchemaRegistry registry;
    private final Function<String, @Nullable String> texts;

    /** @param texts the text of a file by its path, like {@code assets.v1/AssetUploaded.v1.schema.json}; null if there is none */
    SchemaFolder(Function<String, @Nullable String> texts) {
        this.texts = texts;
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(
                        iri -> iri.startsWith(BASE) ? texts.apply(iri.substring(BASE.length())) : null));
    }

    boolean has(String path) {
        return texts.apply(path) != null;
    }

    /** Every place at which the document does not fit; empty if it fits. */
    List<Misfit> misfits(String path, JsonNode document) {
        return registry.getSchema(SchemaLocation.of(BASE + path)).validate(document).stream()
                .map(Misfit::of)
                .distinct()
                .toList();
    }

    /**
     * The document in a text.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON
     */
    static JsonNode parse(String text) {
        return JSON.readTree(text);
    }
}
