package dev.strangler.contracts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContractSchemasTest {

    private final String example = read("products.v1/ProductCreated.v1.example-1.json");

    @Test
    void a_payload_that_fits_passes() {
        ContractSchemas.check("ProductCreated", 1, example);
    }

    @Test
    void unknown_fields_pass() {
        ContractSchemas.check("ProductCreated", 1, example.replaceFirst("\\{", "{\"colour\": \"red\","));
    }

    @Test
    void every_field_that_is_wrong_is_named() {
        String wrong = example.replace("\"sku\"", "\"code\"")
                .replace("\"amount\": 49.90", "\"amount\": \"49.90\"")
                .replace("\"EUR\"", "\"euro\"");

        assertThatThrownBy(() -> ContractSchemas.check("ProductCreated", 1, wrong))
                .isInstanceOf(SchemaViolation.class)
                .hasMessageContaining("field 'sku' is missing at /sku")
                .hasMessageContaining("field 'amount' is no number but 49.90 at /price/amount")
                .hasMessageContaining(
                        "field 'currency' is euro but must meet 'pattern: ^[A-Z]{3}$' at /price/currency");
    }

    @Test
    void what_an_event_type_says_of_the_state_is_checked_as_well() {
        assertThatThrownBy(() ->
                        ContractSchemas.check("ProductCreated", 1, example.replace("\"version\": 1", "\"version\": 2")))
                .hasMessageContaining("field 'version' is 2 but must be 1 at /version");
    }

    @Test
    void instants_without_microseconds_are_refused() {
        assertThatThrownBy(() -> ContractSchemas.check("ProductCreated", 1, example.replace(".000000Z", "Z")))
                .hasMessageContaining("/createdAt")
                .hasMessageContaining("/changedAt");
    }

    @Test
    void an_unknown_type_or_version_or_no_json_is_refused() {
        assertThatThrownBy(() -> ContractSchemas.check("ProductLost", 1, example))
                .isInstanceOf(SchemaViolation.class)
                .hasMessageContaining("no event type 'ProductLost'");
        assertThatThrownBy(() -> ContractSchemas.check("ProductCreated", 9, example))
                .isInstanceOf(SchemaViolation.class)
                .hasMessageContaining("ProductCreated.v9.schema.json");
        assertThatThrownBy(() -> ContractSchemas.check("ProductCreated", 1, "{"))
                .isInstanceOf(SchemaViolation.class)
                .hasMessageContaining("no JSON");
    }

    private static String read(String path) {
        try (var stream = ContractSchemas.class.getResourceAsStream(path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
