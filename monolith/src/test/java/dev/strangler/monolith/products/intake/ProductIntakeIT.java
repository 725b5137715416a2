package dev.strangler.monolith.products.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.contracts.products.ProductImage;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.monolith.RunningMonolith;
import dev.strangler.sandbox.Infrastructure;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The monolith while PIM owns the products: it hears of every change over a real Kafka, and publishes none. */
@DirtiesContext
@Timeout(240)
class ProductIntakeIT extends RunningMonolith {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant CREATED = Instant.parse("2026-11-21T09:31:00.000001Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String topic;

    private final UUID id = UUID.randomUUID();

    @DynamicPropertySource
    static void listen(DynamicPropertyRegistry properties) {
        var infrastructure = Infrastructure.current();
        topic = infrastructure.topic("products.v1");
        // One partition: what comes later is applied later, so waiting for the last event is waiting for all.
        infrastructure.createTopic(topic, 1);
        infrastructure.createTopic(ProductEvents.TOPIC, 1);
        infrastructure.createTopic("assets.v1", 1);
        properties.add("strangler.inbox.enabled", () -> "true");
        properties.add("strangler.inbox.bootstrap-servers", infrastructure::bootstrapServers);
        properties.add("products.intake.topic", () -> topic);
        properties.add("products.intake.expect-images-for", () -> "3s");
        properties.add("strangler.side.open-for", () -> "0");
    }

    @BeforeEach
    void give_the_products_away() {
        if (database.sql("select enforced_open from strangler.fence_state('products')")
                .query(Boolean.class)
                .single()) {
            database.sql("select strangler.fence_close('products', 0, 'away', '[]')::text")
                    .query(String.class)
                    .single();
            database.sql("select strangler.fence_settle('products', 'SERVICE', 1)::text")
                    .query(String.class)
                    .single();
        }
    }

    @Test
    void what_the_owner_says_is_stored_whole_and_never_published_again() {
        var images = List.of(asset(), asset("old.png", "TRASHED", List.of()), asset());
        var first = product(1, "Lamp", "12.50", List.of("b", "ä"), images);
        hear(first);
        awaitVersion(1);
        assertThat(viewed()).isEqualTo(JSON.readTree(ContractEvents.write(first)));

        var next = product(2, "Lamp 2", "13", List.of("c", "ä"), List.of(images.get(2), images.get(0)));
        hear(next);
        awaitVersion(2);

        assertThat(viewed()).isEqualTo(JSON.readTree(ContractEvents.write(next)));
        assertThat(browser()
                        .get("/api/products/" + sku())
                        .is(200)
                        .json()
                        .path("imageIds")
                        .toString())
                .isEqualTo("[\"%s\",\"%s\"]".formatted(images.get(2), images.get(0)));
        assertThat(database.sql("select count(*) from strangler.outbox where aggregatetype = 'Product'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_client_that_asks_the_monolith_is_sent_to_the_owner() {
        var answer = browser()
                .post("/api/products", "{\"sku\": \"%s\", \"name\": \"n\"}".formatted(sku()))
                .isProblem(421);

        assertThat(answer.header("X-Strangler-Owner")).isEqualTo("service");
        assertThat(answer.header("X-Strangler-Epoch")).isEqualTo("1");
        assertThat(answer.json().path("fenced").booleanValue()).isTrue();
    }

    @Test
    void what_comes_twice_or_late_changes_nothing() {
        var first = product(1, "one", "1", List.of("a"), List.of());
        var second = product(2, "two", "2", List.of("b"), List.of());
        hear(first, second, first, second);
        var marker = new ProductState(
                UUID.randomUUID(),
                "M-" + id,
                "n",
                "",
                new Money(BigDecimal.ONE, "EUR"),
                List.of(),
                List.of(),
                1,
                CREATED,
                CREATED);
        hear(marker);
        await().atMost(LIMIT).until(() -> version(marker.id()) == 1);

        assertThat(viewed()).isEqualTo(JSON.readTree(ContractEvents.write(second)));
    }

    @Test
    void a_product_waits_for_the_news_of_its_image() {
        var late = UUID.randomUUID();
        hear(product(1, "n", "1", List.of(), List.of(late)));
        await().atMost(LIMIT)
                .until(() -> database.sql("select count(*) from strangler.inbox_position where consumer = ?")
                                .param(ProductIntake.CONSUMER)
                                .query(Long.class)
                                .single()
                        > 0);

        bring(late);

        awaitVersion(1);
        assertThat(parked()).isZero();
    }

    @Test
    void a_product_whose_image_never_comes_is_parked_alone_and_taken_once_the_keys_are_gone() {
        var gone = UUID.randomUUID();
        var other = new ProductState(
                UUID.randomUUID(),
                "O-" + id,
                "n",
                "",
                new Money(BigDecimal.ONE, "EUR"),
                List.of(),
                List.of(),
                1,
                CREATED,
                CREATED);
        hear(product(1, "n", "1", List.of(), List.of(gone)), other);

        await().atMost(LIMIT).until(() -> version(other.id()) == 1);
        assertThat(parked()).isEqualTo(1);
        assertThat(database.sql("select cause from strangler.inbox_parked where aggregateid = ?")
                        .param(id.toString())
                        .query(String.class)
                        .single())
                .contains("no row", "--remove-keys", "retry");

        database.sql("alter table product_image drop constraint product_image_asset_exists")
                .update();
        try {
            database.sql("select strangler.parked_retry(?, 'Product', ?)")
                    .params(ProductIntake.CONSUMER, id.toString())
                    .query(Boolean.class)
                    .single();
            awaitVersion(1);

            // And what comes now is not even waited for.
            var next = product(2, "n", "1", List.of(), List.of(gone, UUID.randomUUID()));
            hear(next);
            awaitVersion(2);
            assertThat(viewed()).isEqualTo(JSON.readTree(ContractEvents.write(next)));
        } finally {
            // No check of the rows that came meanwhile.
            database.sql("alter table product_image add constraint product_image_asset_exists"
                            + " foreign key (asset_id) references asset (id) not valid")
                    .update();
        }
    }

    private ProductState product(long version, String name, String amount, List<String> tags, List<UUID> images) {
        return new ProductState(
                id,
                sku(),
                name,
                "d",
                new Money(new BigDecimal(amount), "EUR"),
                tags,
                IntStream.range(0, images.size())
                        .mapToObj(position -> new ProductImage(images.get(position), position))
                        .toList(),
                version,
                CREATED,
                CREATED.plusSeconds(version));
    }

    private String sku() {
        return "I-" + id;
    }

    /** An asset of that id, as its own intake would bring it. */
    private void bring(UUID asset) {
        database.sql("""
                        insert into asset (id, owner, file_name, content_type, size, sha256, width, height, status, version, uploaded_at,
                            thumbnail_sha256, thumbnail_content_type, thumbnail_size, thumbnail_width, thumbnail_height)
                        values (:id, 'test', 'late.png', 'image/png', 10, :sha, 4, 3, 'ACTIVE', 1, now(), :sha, 'image/png', 10, 4, 3)""")
                .param("id", asset)
                .param("sha", asset.toString().replace("-", "").repeat(2))
                .update();
    }

    private static void hear(ProductState... states) {
        var kafka = Map.<String, Object>of(
                "bootstrap.servers",
                Infrastructure.current().bootstrapServers(),
                "acks",
                "all",
                "max.block.ms",
                30_000);
        try (var producer = new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            for (var state : states) {
                producer.send(event(state)).get(30, TimeUnit.SECONDS);
            }
        } catch (Exception failure) {
            throw new IllegalStateException("The broker took no event", failure);
        }
    }

    private static ProducerRecord<String, String> event(ProductState state) {
        var key = state.id().toString();
        var event = new ProducerRecord<>(topic, key, ContractEvents.write(state));
        Map.of(
                        "id",
                        "pim-Product-" + key + "-v" + state.version(),
                        "aggregatetype",
                        ProductEvents.AGGREGATE,
                        "aggregateversion",
                        Long.toString(state.version()),
                        "type",
                        state.version() == 1 ? ProductEvents.CREATED : ProductEvents.DETAILS_CHANGED,
                        "origin",
                        "pim",
                        "epoch",
                        "1",
                        "schemaversion",
                        "1",
                        "occurredat",
                        state.changedAt().toString())
                .forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return event;
    }

    private void awaitVersion(long version) {
        await().atMost(LIMIT).until(() -> version(id) == version);
    }

    private long version(UUID product) {
        return database.sql("select version from product where id = ?")
                .param(product)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private Object viewed() {
        return JSON.readTree(
                database.sql("select to_jsonb(payload)::text from strangler.products_state where aggregate_id = ?")
                        .param(id.toString())
                        .query(String.class)
                        .single());
    }

    private long parked() {
        return database.sql("select count(*) from strangler.inbox_parked where aggregateid = ?")
                .param(id.toString())
                .query(Long.class)
                .single();
    }
}
