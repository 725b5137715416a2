package dev.strangler.pim.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.pim.OwningPim;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Once it owns the products, PIM says to every request what the monolith says: one text, held to by both. */
class SameAnswersIT extends OwningPim {

    private static final Path WRITTEN =
            Path.of("../monolith/src/test/resources/dev/strangler/monolith/products/conversation.txt");
    private static final String CREATION =
            "{\"sku\": \"DIGEST\", \"name\": \"n\", \"price\": {\"amount\": 1, \"currency\": \"EUR\"}}";
    private static final String BODY = "{\"tags\": [\"ä\"]}";

    /** The same in the other side's test. */
    private static final String DIGEST = "dbabd384f120340726de708df367a7de4156416539eeeb8ff881405b478758bf";

    @Test
    void the_monoliths_conversation_goes_as_it_is_written() throws IOException {
        var sku = "SAME-" + UUID.randomUUID().toString().substring(0, 8);
        var conversation = new Conversation(
                URI.create("http://127.0.0.1:" + port()),
                Map.of(
                        "sku", sku,
                        "image", image(sku + ".png", false, List.of("a", "b")).toString(),
                        "trashed", image(sku + "-old.png", true, List.of()).toString(),
                        "unknown", UUID.randomUUID().toString()));
        var written = Files.readString(WRITTEN);

        var held = conversation.hold(written);

        Files.writeString(Path.of("target", "conversation.txt"), held);
        assertThat(held).isEqualTo(written);
    }

    /** As an answer carried over from the other side is recognised by it, the digest must be the same on both. */
    @Test
    void a_request_has_the_digest_that_is_written_down() {
        var key = UUID.randomUUID().toString();
        post("/api/products", CREATION).is(201);

        put("/api/products/DIGEST/tags", BODY, "Idempotency-Key", key, "If-Match", "\"1\", \"2\"")
                .is(200);

        assertThat(database.sql("select operation || ' ' || fingerprint from strangler.idempotency_key"
                                + " where feature = 'products' and key = ?")
                        .param(key)
                        .query(String.class)
                        .single())
                .isEqualTo("PUT /api/products/DIGEST/tags " + DIGEST);
    }
}
