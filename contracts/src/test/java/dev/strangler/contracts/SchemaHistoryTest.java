package dev.strangler.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.contracts.products.ProductState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The build check of the published schemas: what it says is what the person who changed them reads. */
class SchemaHistoryTest {

    private final Map<String, String> published = published();

    @Test
    void no_published_version_was_changed_and_each_reads_all_earlier_ones() throws Exception {
        var history = new SchemaHistory(published, resource("frozen.sha256"));

        assertThat(history.breaks()).isEmpty();
    }

    @Test
    void each_event_type_has_a_schema_of_the_version_that_publishers_write() {
        for (String type : AssetEvents.TYPES) {
            assertThat(published).containsKey(AssetEvents.TOPIC + "/" + type + ".v1.schema.json");
        }
        for (String type : ProductEvents.TYPES) {
            assertThat(published).containsKey(ProductEvents.TOPIC + "/" + type + ".v1.schema.json");
        }
        assertThat(published.keySet().stream().filter(path -> path.endsWith("schema.json")))
                .hasSize(AssetEvents.TYPES.size() + ProductEvents.TYPES.size() + 2);
    }

    @Test
    void todays_records_read_every_example_and_write_what_the_schema_takes() {
        published.forEach((path, text) -> {
            if (path.contains(".example-")) {
                String type = path.replaceFirst(".*/(\\w+)\\..*", "$1");
                Record state = path.startsWith(AssetEvents.TOPIC)
                        ? ContractEvents.read(text, AssetState.class)
                        : ContractEvents.read(text, ProductState.class);
                String written = ContractEvents.write(state);
                assertThat(SchemaFolder.parse(written)).as(path).isEqualTo(SchemaFolder.parse(text));
                ContractSchemas.check(type, 1, written);
            }
        });
    }

    private static Map<String, String> published() {
        try {
            var root = Path.of(SchemaHistoryTest.class
                            .getResource("/dev/strangler/contracts/assets.v1")
                            .toURI())
                    .getParent();
            var files = new TreeMap<String, String>();
            try (var paths = Files.walk(root)) {
                for (Path path :
                        paths.filter(path -> path.toString().endsWith(".json")).toList()) {
                    files.put(root.relativize(path).toString().replace('\\', '/'), Files.readString(path));
                }
            }
            return files;
        } catch (Exception failure) {
            throw new IllegalStateException("Cannot read the published schemas", failure);
        }
    }

    private static String resource(String name) throws IOException {
        try (var stream = SchemaHistoryTest.class.getResourceAsStream(name)) {
            return stream == null ? "" : new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
