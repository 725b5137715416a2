package dev.strangler.monolith.assets.intake;

import static org.awaitility.Awaitility.await;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.media.SourceOfBlobs;
import dev.strangler.monolith.RunningMonolith;
import dev.strangler.sandbox.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The monolith that hears of assets and products over a real Kafka. The test writes into the log what the relays would. */
abstract class RunningIntake extends RunningMonolith {

    static final Duration LIMIT = Duration.ofSeconds(60);

    /** The service's blobs. */
    static final SourceOfBlobs SERVICE = new SourceOfBlobs();

    @DynamicPropertySource
    static void listen(DynamicPropertyRegistry properties) {
        Infrastructure.current().createTopic(ProductEvents.TOPIC, 1);
        Infrastructure.current().createTopic(AssetEvents.TOPIC, 1);
        properties.add("strangler.inbox.enabled", () -> "true");
        properties.add("strangler.inbox.longest-back-off", () -> "500ms");
        properties.add(
                "strangler.inbox.bootstrap-servers",
                () -> Infrastructure.current().bootstrapServers());
        properties.add("assets.bring-back-every", () -> "300ms");
        properties.add("assets.intake.purged-every", () -> "200ms");
        properties.add("blobs.source", () -> SERVICE.uri().toString());
        properties.add("blobs.copy-timeout", () -> "2s");
    }

    @AfterEach
    void the_service_behaves_again() {
        SERVICE.comeUp();
        SERVICE.behave(SourceOfBlobs.Mood.FINE);
    }

    /** Hands the assets to the service, as far as this side is concerned. */
    void handOver() {
        database.sql("select strangler.fence_close('assets', epoch, 'test', '[]')::text from strangler.fence"
                        + " where feature = 'assets' and state = 'OPEN'")
                .query(String.class)
                .optional();
        database.sql("select strangler.fence_settle('assets', 'SERVICE', epoch + 1)::text from strangler.fence"
                        + " where feature = 'assets'")
                .query(String.class)
                .optional();
    }

    /** Takes the assets back; where they are here, nothing changes. */
    void takeBack() {
        database.sql("select strangler.fence_open('assets', epoch + 2, 'back') from strangler.fence"
                        + " where feature = 'assets' and state = 'CLOSED'")
                .query(Boolean.class)
                .optional();
        database.sql("select strangler.fence_enforce('assets')::text")
                .query(String.class)
                .optional();
    }

    /** Writes an event into the log, with the headers that a relay gives it. */
    static void send(
            String topic, String origin, String aggregate, String id, long version, String type, String payload) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                Infrastructure.current().bootstrapServers(),
                "acks",
                "all",
                "max.block.ms",
                30_000);
        var headers = new HashMap<>(Map.of(
                "id",
                origin + "-" + aggregate + "-" + id + "-v" + version,
                "aggregatetype",
                aggregate,
                "aggregateversion",
                Long.toString(version),
                "type",
                type,
                "origin",
                origin,
                "epoch",
                origin.equals("monolith") ? "0" : "1",
                "schemaversion",
                "1",
                "occurredat",
                "2026-11-21T12:00:00Z"));
        var event = new ProducerRecord<>(topic, id, payload);
        headers.forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(event).get(30, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException("The broker took no event", failure);
        }
    }

    void awaitTrue(String sql, Object... parameters) {
        await().atMost(LIMIT)
                .until(() -> Boolean.TRUE.equals(database.sql(sql)
                        .params(parameters)
                        .query(Boolean.class)
                        .single()));
    }

    static String json(Record state) {
        return ContractEvents.write(state);
    }
}
