package dev.strangler.monolith.assets.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.monolith.RunningMonolith;
import dev.strangler.sandbox.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The monolith hears of its products over a real Kafka. The test carries the events there, as the relay would. */
@DirtiesContext
@Timeout(180)
class ProductsUsingImagesIT extends RunningMonolith {

    @DynamicPropertySource
    static void listen(DynamicPropertyRegistry properties) {
        Infrastructure.current().createTopic(ProductEvents.TOPIC, 1);
        properties.add("strangler.inbox.enabled", () -> "true");
        properties.add(
                "strangler.inbox.bootstrap-servers",
                () -> Infrastructure.current().bootstrapServers());
    }

    @Test
    void an_image_in_the_trash_that_a_new_product_uses_is_taken_out() {
        var trashed = trashed("lamp.png");
        var bystander = trashed("other.png");

        relay(product(trashed));

        await().atMost(Duration.ofSeconds(60)).until(() -> status(trashed).equals("ACTIVE"));
        assertThat(status(bystander)).isEqualTo("TRASHED");
        assertThat(events(trashed)).containsExactly("AssetTrashed:2", "AssetUntrashed:3");
        assertThat(events(bystander)).containsExactly("AssetTrashed:2");
    }

    @Test
    void an_event_delivered_twice_takes_it_out_once() {
        var trashed = trashed("twice.png");
        var product = product(trashed);
        relay(product);
        await().atMost(Duration.ofSeconds(60)).until(() -> status(trashed).equals("ACTIVE"));
        browser().post("/api/assets/" + trashed + "/trash", "").is(200);
        var later = trashed("later.png");

        relay(product);
        // Behind the duplicate in the one partition: once this one is applied, the duplicate was read.
        relay(product(later));

        await().atMost(Duration.ofSeconds(60)).until(() -> status(later).equals("ACTIVE"));
        assertThat(status(trashed)).isEqualTo("TRASHED");
        assertThat(events(trashed)).containsExactly("AssetTrashed:2", "AssetUntrashed:3", "AssetTrashed:4");
    }

    @Test
    void images_that_are_not_there_are_passed_over() {
        var trashed = trashed("real.png");
        var product = product(trashed);
        var payload = database.sql("select payload from strangler.outbox where aggregateid = :id")
                .param("id", product)
                .query(String.class)
                .single();
        var other = UUID.randomUUID().toString();

        send(
                other,
                1,
                payload.replace(product, other)
                        .replace(trashed.toString(), UUID.randomUUID().toString()));
        relay(product);

        await().atMost(Duration.ofSeconds(60)).until(() -> status(trashed).equals("ACTIVE"));
        assertThat(database.sql("select count(*) from strangler.inbox_parked")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private UUID trashed(String fileName) {
        var id = asset(fileName, "ACTIVE", List.of());
        browser().post("/api/assets/" + id + "/trash", "").is(200);
        return id;
    }

    /** Creates a product with an image and answers its id. */
    private String product(UUID image) {
        var answer =
                browser().post("/api/products", """
                {"sku": "S-%s", "name": "Lamp", "description": "", "price": {"amount": 1.50, "currency": "EUR"},
                 "imageIds": ["%s"]}""".formatted(image, image)).is(201);
        return answer.json().path("id").stringValue();
    }

    /** Carries a product's event from the outbox into the log. */
    private void relay(String product) {
        var payload = database.sql("select payload from strangler.outbox where aggregateid = :id")
                .param("id", product)
                .query(String.class)
                .single();
        send(product, 1, payload);
    }

    private static void send(String product, long version, String payload) {
        var kafka = Map.<String, Object>of(
                "bootstrap.servers",
                Infrastructure.current().bootstrapServers(),
                "acks",
                "all",
                "max.block.ms",
                30_000);
        var headers = Map.of(
                "id",
                "monolith-Product-" + product + "-v" + version,
                "aggregatetype",
                ProductEvents.AGGREGATE,
                "aggregateversion",
                Long.toString(version),
                "type",
                ProductEvents.CREATED,
                "origin",
                "monolith",
                "epoch",
                "0",
                "schemaversion",
                "1",
                "occurredat",
                "2026-11-21T12:00:00Z");
        var event = new ProducerRecord<>(ProductEvents.TOPIC, product, payload);
        headers.forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (var producer = new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.send(event).get(30, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException("The broker took no event", failure);
        }
    }

    private String status(UUID asset) {
        return browser().get("/api/assets/" + asset).json().path("status").stringValue();
    }

    private List<String> events(UUID asset) {
        return database.sql("select type || ':' || aggregateversion from strangler.outbox"
                        + " where aggregateid = :id order by aggregateversion")
                .param("id", asset.toString())
                .query(String.class)
                .list();
    }
}
