package dev.strangler.pim.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.pim.Article;
import dev.strangler.pim.RunningPim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The feature's state, as parity will read it, is what the events carry. */
class ProductsStateIT extends RunningPim {

    @Test
    void the_view_tells_what_the_event_told() {
        var lamp = Article.called("STATE-1", "Läm\"p", "a", "b")
                .createdAt(Instant.parse("2026-11-21T09:30:00Z"))
                .showing(UUID.randomUUID(), UUID.randomUUID())
                .costing("1200.5000");
        hear(lamp);
        awaitShown(lamp);

        assertThat(told(lamp.id().toString(), lamp.version(), ContractEvents.write(lamp.state())))
                .isTrue();
    }

    @Test
    void the_view_tells_the_contracts_own_example() throws IOException {
        for (var name : new String[] {"ProductCreated.v1.example-1.json", "ProductCreated.v1.example-2.json"}) {
            String example = example(name);
            var event = tree(example);
            // All examples tell of one product: each gets an id and a SKU of its own.
            String id = UUID.randomUUID().toString();
            long version = event.get("version").asLong();
            String payload = example.replace(event.get("id").asString(), id)
                    .replace(event.get("sku").asString(), "EXAMPLE-" + id);
            hear(id, version, name.substring(0, name.indexOf('.')), payload);
            awaitTrue("select strangler.applied('Product', ?, ?)", id, version);

            assertThat(told(id, version, payload)).as(name).isTrue();
        }
    }

    /** Equal as JSON, and equal in the text form of every number and instant. */
    private boolean told(String id, long version, String payload) {
        return database.sql("""
                        select to_jsonb(payload) = :payload::jsonb and to_jsonb(payload)::text = (:payload::jsonb)::text
                        from strangler.products_state where aggregate_id = :id and version = :version
                        """)
                .param("payload", payload)
                .param("id", id)
                .param("version", version)
                .query(Boolean.class)
                .single();
    }

    private static String example(String name) throws IOException {
        try (var stream = ProductsStateIT.class.getResourceAsStream("/dev/strangler/contracts/products.v1/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
