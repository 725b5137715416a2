package dev.strangler.monolith.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.monolith.RunningMonolith;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The products through HTTP, down to the rows. */
class ProductsIT extends RunningMonolith {

    private static final String PRICE = "\"price\": {\"amount\": 12.50, \"currency\": \"EUR\"}";

    @Autowired
    private PlatformTransactionManager transactions;

    private final String sku = "SKU-" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "/api/products/" + sku;

    @Test
    void a_new_product_is_answered_with_its_address_and_version() {
        var image = asset();

        var answer = browser()
                .post("/api/products", """
                        {"sku": "%s", "name": " Lamp ", "description": "Brass", %s, "tags": ["home", "brass", "home"],
                         "imageIds": ["%s"]}""".formatted(sku, PRICE, image))
                .is(201);

        assertThat(answer.header("Location")).isEqualTo(path);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.header("X-Served-By")).isEqualTo("monolith");
        var product = answer.json();
        assertThat(product.propertyNames())
                .containsExactly(
                        "id",
                        "sku",
                        "name",
                        "description",
                        "price",
                        "tags",
                        "images",
                        "imageIds",
                        "version",
                        "createdAt",
                        "changedAt");
        assertThat(product.at("/name").stringValue()).isEqualTo("Lamp");
        assertThat(product.at("/price/amount").decimalValue()).isEqualTo(new BigDecimal("12.50"));
        assertThat(product.at("/tags").toString()).isEqualTo("[\"brass\",\"home\"]");
        assertThat(product.at("/images").toString())
                .isEqualTo("[{\"assetId\":\"%s\",\"position\":0}]".formatted(image));
        assertThat(product.at("/imageIds").toString()).isEqualTo("[\"%s\"]".formatted(image));
        assertThat(browser().get(path).is(200).json()).isEqualTo(product);
        assertThat(browser().get(path).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void an_answer_tells_what_was_written() {
        var answer = create();

        assertThat(answer.header("X-Strangler-Written"))
                .isEqualTo("Product:" + answer.json().path("id").stringValue() + ":1");
        assertThat(answer.response().headers().allValues("X-Strangler-Written")).hasSize(1);
    }

    @Test
    void a_sku_is_taken_once() {
        create();

        var problem = browser().post("/api/products", creation(sku)).isProblem(409);

        assertThat(problem.json().path("detail").stringValue()).contains(sku);
    }

    @Test
    void of_two_who_create_the_same_sku_at_once_one_succeeds() {
        var first = browser().postLater("/api/products", creation(sku));
        var second = browser().postLater("/api/products", creation(sku));

        assertThat(List.of(first.join().status(), second.join().status())).containsExactlyInAnyOrder(201, 409);
        assertThat(events()).hasSize(1);
    }

    @Test
    void every_change_is_a_version_and_an_event_with_the_whole_state() {
        create();
        var image = asset();
        browser()
                .put(path + "/details", "{\"name\": \"Lamp 2\", \"description\": \"\"}")
                .is(200);
        browser()
                .put(path + "/price", "{\"amount\": 9.990, \"currency\": \"EUR\"}")
                .is(200);
        browser().put(path + "/tags", "{\"tags\": [\"new\", \"Älter\"]}").is(200);
        browser()
                .post(path + "/images", "{\"assetId\": \"%s\"}".formatted(image))
                .is(200);
        var last = browser().delete(path + "/images/" + image).is(200);

        assertThat(last.header("ETag")).isEqualTo("\"6\"");
        assertThat(events())
                .extracting(event -> event.type() + " " + event.version())
                .containsExactly(
                        "ProductCreated 1",
                        "ProductDetailsChanged 2",
                        "ProductPriceChanged 3",
                        "ProductTagged 4",
                        "ProductImageAttached 5",
                        "ProductImageDetached 6");
        var state = events().get(4).json();
        assertThat(state.at("/name").stringValue()).isEqualTo("Lamp 2");
        assertThat(state.at("/price/amount").toString()).isEqualTo("9.990");
        assertThat(state.at("/tags").toString()).isEqualTo("[\"new\",\"Älter\"]");
        assertThat(state.at("/images/0/assetId").stringValue()).isEqualTo(image.toString());
    }

    @Test
    void details_price_and_tags_in_one_step_are_one_version() {
        create();

        var answer = browser().put(path + "/details", """
                {"name": "Lamp", "description": "d", "price": {"amount": 1, "currency": "USD"}, "tags": ["a"]}""");

        assertThat(answer.is(200).json().path("version").intValue()).isEqualTo(2);
        assertThat(events()).extracting(Event::type).containsExactly("ProductCreated", "ProductDetailsChanged");
    }

    @Test
    void a_change_that_changes_nothing_is_no_version_and_no_event() {
        create();
        var image = asset();
        browser()
                .post(path + "/images", "{\"assetId\": \"%s\"}".formatted(image))
                .is(200);

        browser()
                .put(path + "/price", "{\"amount\": 12.50, \"currency\": \"EUR\"}")
                .is(200);
        browser().put(path + "/tags", "{\"tags\": []}").is(200);
        var answer = browser()
                .post(path + "/images", "{\"assetId\": \"%s\"}".formatted(image))
                .is(200);

        assertThat(answer.json().path("version").intValue()).isEqualTo(2);
        assertThat(answer.json().path("images").size()).isEqualTo(1);
        assertThat(answer.header("X-Strangler-Written")).isEmpty();
        assertThat(events()).hasSize(2);
    }

    @Test
    void images_keep_their_order_and_move_up_when_one_is_taken_off() {
        create();
        var images = List.of(asset(), asset(), asset(), asset());
        images.forEach(image -> browser()
                .post(path + "/images", "{\"assetId\": \"%s\"}".formatted(image))
                .is(200));

        browser().delete(path + "/images/" + images.get(1)).is(200);

        assertThat(events().get(events().size() - 1).json().path("images").toString())
                .isEqualTo(
                        "[{\"assetId\":\"%s\",\"position\":0},{\"assetId\":\"%s\",\"position\":1},{\"assetId\":\"%s\",\"position\":2}]"
                                .formatted(images.get(0), images.get(2), images.get(3)));
        assertThat(browser().get(path).json().path("imageIds").toString())
                .isEqualTo("[\"%s\",\"%s\",\"%s\"]".formatted(images.get(0), images.get(2), images.get(3)));
    }

    @Test
    void an_image_in_the_trash_may_be_used_and_one_that_is_not_there_may_not() {
        create();
        var trashed = asset("old.png", "TRASHED", List.of());
        var unknown = UUID.randomUUID();

        browser()
                .post(path + "/images", "{\"assetId\": \"%s\"}".formatted(trashed))
                .is(200);
        var problem = browser()
                .post(path + "/images", "{\"assetId\": \"%s\"}".formatted(unknown))
                .isProblem(422);
        browser().delete(path + "/images/" + unknown).isProblem(404);
        browser().post("/api/products", """
                {"sku": "%s-2", "name": "n", "imageIds": ["%s"], %s}""".formatted(sku, unknown, PRICE)).isProblem(422);

        assertThat(problem.json().path("detail").stringValue()).contains(unknown.toString());
        assertThat(events()).hasSize(2);
    }

    @Test
    void what_fails_after_its_event_was_appended_leaves_neither_version_nor_event() {
        create();
        var image = asset();

        var waiting = new TransactionTemplate(transactions).execute(status -> {
            // Purged by somebody whose transaction is not over: the product's look at it still finds it.
            database.sql("delete from asset where id = ?").param(image).update();
            var attaching = browser().postLater(path + "/images", "{\"assetId\": \"%s\"}".formatted(image));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> database.sql(
                                    "select count(*) > 0 from pg_stat_activity where datname = current_database()"
                                            + " and wait_event_type = 'Lock' and query like '%product_image%'")
                            .query(Boolean.class)
                            .single());
            return attaching;
        });

        waiting.join().isProblem(409);
        assertThat(events()).extracting(Event::type).containsExactly("ProductCreated");
        assertThat(browser().get(path).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void if_match_lets_only_the_expected_version_be_changed() {
        create();
        browser()
                .put(path + "/tags", "{\"tags\": [\"a\"]}", "If-Match", "\"1\"")
                .is(200);

        var problem = browser()
                .put(path + "/tags", "{\"tags\": [\"b\"]}", "If-Match", "\"1\"")
                .isProblem(412);
        browser()
                .put(path + "/tags", "{\"tags\": [\"b\"]}", "If-Match", "1")
                .isProblem(400)
                .names("If-Match");
        browser()
                .put(path + "/tags", "{\"tags\": [\"c\"]}", "If-Match", "\"7\", \"2\"")
                .is(200);
        browser().put(path + "/tags", "{\"tags\": [\"d\"]}", "If-Match", "*").is(200);

        assertThat(problem.json().path("detail").stringValue()).contains("version 2");
        assertThat(events()).hasSize(4);
    }

    @Test
    void concurrent_changes_wait_for_each_other_and_lose_nothing() {
        create();
        var images = java.util.stream.Stream.generate(this::asset).limit(8).toList();

        var answers = images.stream()
                .map(image -> browser().postLater(path + "/images", "{\"assetId\": \"%s\"}".formatted(image)))
                .toList();

        answers.forEach(answer -> answer.join().is(200));
        assertThat(browser().get(path).json().path("imageIds").size()).isEqualTo(8);
        assertThat(events()).extracting(Event::version).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void lists_are_newest_first_in_pages_and_searched_by_sku_name_and_tag() {
        var word = UUID.randomUUID().toString().substring(0, 8);
        browser().post("/api/products", creation("A-" + word)).is(201);
        browser()
                .post(
                        "/api/products",
                        creation("B")
                                .replace("\"B\"", "\"" + sku + "-b\"")
                                .replace("\"n\"", "\"ÄRMEL " + word.toUpperCase(java.util.Locale.ROOT) + "\""))
                .is(201);
        browser()
                .post("/api/products", creation(sku + "-c").replace("\"n\"", "\"c\", \"tags\": [\"x" + word + "x\"]"))
                .is(201);

        var all = browser().get("/api/products?query=" + word).is(200).json();
        assertThat(all.propertyNames()).containsExactly("items", "page", "size", "total");
        assertThat(skus(all)).containsExactly(sku + "-c", sku + "-b", "A-" + word);
        var page = browser()
                .get("/api/products?size=2&page=1&query=" + word)
                .is(200)
                .json();
        assertThat(skus(page)).containsExactly("A-" + word);
        assertThat(page.path("total").intValue()).isEqualTo(3);
        assertThat(skus(browser()
                        .get("/api/products?query=%C3%A4rmel%20" + word)
                        .json()))
                .containsExactly(sku + "-b");
        assertThat(skus(browser().get("/api/products?query=_" + word).json())).isEmpty();
        assertThat(skus(browser().get("/api/products?query=%25" + word).json())).isEmpty();
        assertThat(browser().get("/api/products?size=1").json().path("size").intValue())
                .isEqualTo(1);
    }

    @Test
    void attachable_images_are_those_outside_the_trash() {
        var word = UUID.randomUUID().toString();
        var byName = asset(word + ".png", "ACTIVE", List.of("b", "a"));
        var byTag = asset("x.png", "ACTIVE", List.of(word.toUpperCase(java.util.Locale.ROOT)));
        asset(word + ".png", "TRASHED", List.of());

        var found = browser()
                .get("/api/products/attachable-images?query=" + word)
                .is(200)
                .json();

        assertThat(found.path("total").intValue()).isEqualTo(2);
        assertThat(found.path("items").valueStream().map(item -> item.path("id").stringValue()))
                .containsExactlyInAnyOrder(byName.toString(), byTag.toString());
        var item = found.path("items")
                .valueStream()
                .filter(found1 -> found1.path("id").stringValue().equals(byName.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(item.toString())
                .isEqualTo(
                        "{\"id\":\"%s\",\"fileName\":\"%s.png\",\"contentType\":\"image/png\",\"width\":4,\"height\":3,\"tags\":[\"a\",\"b\"],\"status\":\"ACTIVE\"}"
                                .formatted(byName, word));
    }

    @Test
    void the_state_view_tells_what_the_event_of_that_version_told() {
        browser()
                .post("/api/products", """
                {"sku": "%s", "name": "n", "imageIds": ["%s", "%s"], %s, "tags": ["Zebra", "ä", "a", "Ω", "🙂", "b c"]}""".formatted(sku, asset(), asset(), PRICE))
                .is(201);
        assertThat(viewed()).isEqualTo(events().get(0).json());

        browser()
                .put(path + "/price", "{\"amount\": 1E+2, \"currency\": \"JPY\"}")
                .is(200);
        assertThat(viewed()).isEqualTo(events().get(1).json());
        browser()
                .put(path + "/price", "{\"amount\": 0.0000, \"currency\": \"JPY\"}")
                .is(200);
        assertThat(viewed()).isEqualTo(events().get(2).json());
        assertThat(viewed().at("/price/amount").decimalValue()).isEqualTo(new BigDecimal("0.0000"));
    }

    private dev.strangler.monolith.Browser.Answer create() {
        return browser().post("/api/products", creation(sku)).is(201);
    }

    private static String creation(String sku) {
        return "{\"sku\": \"%s\", \"name\": \"n\", %s}".formatted(sku, PRICE);
    }

    private List<String> skus(JsonNode listing) {
        return listing.path("items")
                .valueStream()
                .map(item -> item.path("sku").stringValue())
                .toList();
    }

    private List<Event> events() {
        return database.sql("select o.type, o.aggregateversion as version, o.payload from strangler.outbox o"
                        + " where o.aggregateid = (select id::text from product where sku = :sku) order by o.lsn")
                .param("sku", sku)
                .query(Event.class)
                .list();
    }

    private JsonNode viewed() {
        return Event.parse(database.sql("select to_jsonb(payload)::text from strangler.products_state v"
                        + " where aggregate_id = (select id::text from product where sku = :sku)"
                        + " and version = (select version from product where sku = :sku)")
                .param("sku", sku)
                .query(String.class)
                .single());
    }

    private record Event(String type, long version, String payload) {

        private static final JsonMapper EXACT = JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(tools.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();

        JsonNode json() {
            return parse(payload);
        }

        static JsonNode parse(String text) {
            return EXACT.readTree(text);
        }
    }
}
