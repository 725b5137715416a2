package dev.strangler.pim.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.pim.OwningPim;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of commands while this service owns the products. Its answers are {@link SameAnswersIT}'s. */
class ProductCommandsIT extends OwningPim {

    private static final String PRICE = "\"price\": {\"amount\": 12.50, \"currency\": \"EUR\"}";

    private final String sku = "OWN-" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "/api/products/" + sku;

    @Test
    void every_change_is_a_version_and_an_event_of_this_service_with_the_whole_state() {
        create().is(201);
        var image = image();
        put(path + "/details", "{\"name\": \"Lamp 2\", \"description\": \"\"}").is(200);
        put(path + "/price", "{\"amount\": 9.990, \"currency\": \"EUR\"}").is(200);
        put(path + "/tags", "{\"tags\": [\"new\", \"Älter\"]}").is(200);
        attach(image).is(200);
        var last = delete(path + "/images/" + image).is(200);

        assertThat(last.header("ETag")).isEqualTo("\"6\"");
        assertThat(last.header("X-Strangler-Written"))
                .isEqualTo("Product:" + last.json().path("id").stringValue() + ":6");
        assertThat(last.header("X-Served-By")).isEqualTo("pim");
        assertThat(events())
                .extracting(event -> event.type() + " " + event.version())
                .containsExactly(
                        "ProductCreated 1",
                        "ProductDetailsChanged 2",
                        "ProductPriceChanged 3",
                        "ProductTagged 4",
                        "ProductImageAttached 5",
                        "ProductImageDetached 6");
        assertThat(events()).allSatisfy(event -> {
            assertThat(event.origin()).isEqualTo("pim");
            assertThat(event.topic()).isEqualTo("products.v1");
            assertThat(event.epoch()).isPositive();
        });
        assertThat(events().get(4).json().at("/images/0/assetId").stringValue()).isEqualTo(image.toString());
        assertThat(events().get(5).json().path("images").size()).isZero();
    }

    @Test
    void the_state_view_tells_what_the_event_of_that_version_told() {
        post("/api/products", """
                {"sku": "%s", "name": "n", "imageIds": ["%s", "%s"], %s, "tags": ["Zebra", "ä", "a", "Ω", "🙂", "b c"]}""".formatted(sku, image(), image(), PRICE)).is(201);
        assertThat(viewed()).isEqualTo(events().get(0).json());

        put(path + "/price", "{\"amount\": 1E+2, \"currency\": \"JPY\"}").is(200);
        assertThat(viewed()).isEqualTo(events().get(1).json());
    }

    @Test
    void a_change_that_changes_nothing_is_no_version_and_no_event() {
        create().is(201);
        var image = image();
        attach(image).is(200);

        put(path + "/price", "{\"amount\": 12.50, \"currency\": \"EUR\"}").is(200);
        put(path + "/tags", "{\"tags\": []}").is(200);
        put(path + "/details", "{\"name\": \"n\", \"description\": \"\"}").is(200);
        var answer = attach(image).is(200);

        assertThat(answer.json().path("version").intValue()).isEqualTo(2);
        assertThat(answer.header("X-Strangler-Written")).isEmpty();
        assertThat(events()).hasSize(2);
    }

    @Test
    void of_many_who_create_the_same_sku_at_once_one_succeeds() {
        var answers = together(IntStream.range(0, 6)
                .mapToObj(i -> postLater("/api/products", creation()))
                .toList());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(5);
        assertThat(events()).hasSize(1);
    }

    @Test
    void concurrent_changes_wait_for_each_other_and_lose_nothing() {
        create().is(201);
        var images = Stream.generate(this::image).limit(8).toList();

        var answers = together(images.stream()
                .map(image -> postLater(path + "/images", "{\"assetId\": \"%s\"}".formatted(image)))
                .toList());

        assertThat(answers).containsOnly(200);
        assertThat(get(path).json().path("imageIds").size()).isEqualTo(8);
        assertThat(events()).extracting(Event::version).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void an_image_of_which_the_news_arrives_in_time_is_taken() {
        create().is(201);
        var late = UUID.randomUUID();

        var news = CompletableFuture.runAsync(
                () -> database.sql(
                                "insert into attachable_image (id, file_name, content_type, width, height, tags, version, uploaded_at)"
                                        + " values (?, 'late.png', 'image/png', 1, 1, '{}', 1, now())")
                        .param(late)
                        .update(),
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));

        attach(late).is(200);
        news.join();
        attach(UUID.randomUUID()).is(422);
    }

    @Test
    void a_repeated_command_with_a_key_does_nothing_twice() {
        var first = post("/api/products", creation(), "Idempotency-Key", sku).is(201);

        var second = post("/api/products", creation(), "Idempotency-Key", sku).is(201);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.header("X-Strangler-Written")).isEqualTo(first.header("X-Strangler-Written"));
        assertThat(events()).hasSize(1);
    }

    @Test
    void a_command_that_the_monolith_answered_is_answered_the_same_once_its_answer_was_carried_over() {
        // The row as the monolith stored it for this very request; SameAnswersIT shows that the two digests are one.
        post("/api/products", creation(), "Idempotency-Key", sku + "-own").is(201);
        database.sql("""
                        insert into strangler.idempotency_key (feature, key, operation, fingerprint, status, headers, body)
                        select feature, :key, operation, fingerprint, 201, '{"ETag": "\\"1\\""}', convert_to('from the monolith', 'UTF8')
                        from strangler.idempotency_key where key = :own""").param("key", sku).param("own", sku + "-own").update();

        var repeated = post("/api/products", creation(), "Idempotency-Key", sku).is(201);

        assertThat(repeated.text()).isEqualTo("from the monolith");
        assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(events()).hasSize(1);
    }

    @Test
    void while_it_does_not_own_the_products_nothing_is_done_and_the_answer_says_who_does() {
        create().is(201);
        long epoch = close();
        try {
            var moving = put(path + "/tags", "{\"tags\": [\"a\"]}", "Idempotency-Key", sku)
                    .is(503);
            assertThat(moving.header("Retry-After")).isEqualTo("1");
            assertThat(moving.header("X-Strangler-Owner")).isEqualTo("nobody");
            assertThat(moving.header("X-Strangler-Epoch")).isEqualTo(Long.toString(epoch));
            assertThat(moving.json().path("fenced").booleanValue()).isTrue();

            database.sql("select strangler.fence_settle('products', 'MONOLITH', ?)::text")
                    .param(epoch + 1)
                    .query(String.class)
                    .single();
            var elsewhere = put(path + "/tags", "{\"tags\": [\"a\"]}", "Idempotency-Key", sku)
                    .is(421);
            assertThat(elsewhere.header("X-Strangler-Owner")).isEqualTo("monolith");
            assertThat(elsewhere.header("X-Strangler-Epoch")).isEqualTo(Long.toString(epoch + 1));
            get(path).is(200);
        } finally {
            reopen();
        }
        assertThat(events()).hasSize(1);
        put(path + "/tags", "{\"tags\": [\"a\"]}", "Idempotency-Key", sku).is(200);
        assertThat(events()).extracting(Event::epoch).last().isEqualTo(epoch + 1);
    }

    private Answer create() {
        return post("/api/products", creation());
    }

    private String creation() {
        return "{\"sku\": \"%s\", \"name\": \"n\", %s}".formatted(sku, PRICE);
    }

    private Answer attach(UUID image) {
        return post(path + "/images", "{\"assetId\": \"%s\"}".formatted(image));
    }

    private static List<Integer> together(List<CompletableFuture<Answer>> answers) {
        return answers.stream().map(answer -> answer.join().status()).toList();
    }

    private List<Event> events() {
        return database.sql("select o.type, o.aggregateversion as version, o.origin, o.topic, o.epoch, o.payload"
                        + " from strangler.outbox o"
                        + " where o.aggregateid = (select id::text from product where sku = :sku) order by o.lsn")
                .param("sku", sku)
                .query(Event.class)
                .list();
    }

    private JsonNode viewed() {
        return Event.parse(database.sql("select to_jsonb(payload)::text from strangler.products_state v"
                        + " where aggregate_id = (select id::text from product where sku = :sku)")
                .param("sku", sku)
                .query(String.class)
                .single());
    }

    private record Event(String type, long version, String origin, String topic, long epoch, String payload) {

        private static final JsonMapper EXACT = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();

        JsonNode json() {
            return parse(payload);
        }

        static JsonNode parse(String text) {
            return EXACT.readTree(text);
        }
    }
}
