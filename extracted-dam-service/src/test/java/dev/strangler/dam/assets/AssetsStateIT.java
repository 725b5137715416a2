package dev.strangler.dam.assets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.dam.RunningDam;
import dev.strangler.media.Picture;
import dev.strangler.media.SourceOfBlobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The feature's state, as parity will read it, is what the events carry. */
class AssetsStateIT extends RunningDam {

    @Test
    void the_view_tells_what_the_event_told() {
        var lamp = Picture.at(SOURCE, "läm\"p.png", "a", "b").uploadedAt(Instant.parse("2026-11-21T09:30:00Z"));
        var trashed = lamp.trashed();
        hear(lamp, trashed);
        awaitShown(trashed);

        assertThat(told(lamp.id().toString(), 2, ContractEvents.write(trashed.state())))
                .isTrue();
    }

    @Test
    void the_view_tells_the_contracts_own_example() throws IOException {
        for (var name : new String[] {"AssetTrashed.v1.example-1.json", "AssetUploaded.v1.example-2.json"}) {
            String example = example(name);
            var event = tree(example);
            String id = UUID.randomUUID().toString();
            long version = event.get("version").asLong();
            // All examples tell of one asset, and nobody has its bytes: each gets an id and digests of its own.
            byte[] bytes = ("bytes of " + id).getBytes(StandardCharsets.UTF_8);
            String payload = example.replace(event.get("id").asString(), id)
                    .replace(event.get("sha256").asString(), SOURCE.put(bytes))
                    .replace(event.get("thumbnail").get("sha256").asString(), SourceOfBlobs.sha256(bytes));
            hear(id, version, name.substring(0, name.indexOf('.')), payload);
            awaitTrue("select strangler.applied('Asset', ?, ?)", id, version);

            assertThat(told(id, version, payload)).as(name).isTrue();
        }
    }

    /** Equal as JSON, and equal in the text form of every number and instant. */
    private boolean told(String id, long version, String payload) {
        return database.sql("""
                        select to_jsonb(payload) = :payload::jsonb and to_jsonb(payload)::text = (:payload::jsonb)::text
                        from strangler.assets_state where aggregate_id = :id and version = :version
                        """)
                .param("payload", payload)
                .param("id", id)
                .param("version", version)
                .query(Boolean.class)
                .single();
    }

    private static String example(String name) throws IOException {
        try (var stream = AssetsStateIT.class.getResourceAsStream("/dev/strangler/contracts/assets.v1/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
