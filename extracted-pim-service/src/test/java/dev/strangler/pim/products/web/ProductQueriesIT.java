package dev.strangler.pim.products.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.pim.Article;
import dev.strangler.pim.Picture;
import dev.strangler.pim.RunningPim;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the service answers about products and attachable images, and how. */
class ProductQueriesIT extends RunningPim {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void a_product_is_answered_in_the_shape_of_the_shop() {
        var image = UUID.randomUUID();
        String sku = sku();
        var lamp = Article.called(sku, "Desk lamp", "home", "lamp").createdAt(Instant.parse("2026-11-21T09:30:00Z"));
        hear(lamp, lamp.showing(image));
        awaitShown(lamp.showing(image));

        var answer = get("/api/products/" + sku);

        assertThat(answer.body()).isEqualTo("""
                {"id":"%s","sku":"%s","name":"Desk lamp","description":"","price":{"amount":12.50,"currency":"EUR"},\
                "tags":["home","lamp"],"images":[{"assetId":"%s","position":0}],"imageIds":["%s"],"version":2,\
                "createdAt":"2026-11-21T09:30:00Z","changedAt":"2026-11-21T09:31:01.000001Z"}""".formatted(lamp.id(), sku, image, image));
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"2\"");
        assertThat(answer.headers().firstValue("X-Served-By")).hasValue("pim");
        assertThat(send("GET", "/api/products/" + sku, "If-None-Match", "\"2\"").statusCode())
                .isEqualTo(304);
    }

    @Test
    void lists_come_newest_first_and_page_by_page() {
        String tag = tag();
        var articles = new ArrayList<Article>();
        for (int i = 0; i < 5; i++) {
            // Two of the same microsecond: their ids decide.
            articles.add(Article.called(sku(), "Lamp " + i, tag).createdAt(NOON.plusSeconds(i / 2)));
        }
        hear(articles.toArray(Article[]::new));
        awaitShown(articles.toArray(Article[]::new));
        var expected = articles.stream()
                .sorted((one, other) -> {
                    int byTime = other.state().createdAt().compareTo(one.state().createdAt());
                    return byTime == 0
                            ? one.id().toString().compareTo(other.id().toString())
                            : byTime;
                })
                .map(article -> article.id().toString())
                .toList();

        var all = new ArrayList<String>();
        for (int page = 0; page < 4; page++) {
            var answer = json(get("/api/products?query=" + tag + "&size=2&page=" + page));
            assertThat(answer.get("page").asInt()).isEqualTo(page);
            assertThat(answer.get("size").asInt()).isEqualTo(2);
            assertThat(answer.get("total").asLong()).isEqualTo(5);
            answer.get("items").forEach(item -> all.add(item.get("id").asString()));
        }

        assertThat(all).isEqualTo(expected);
    }

    @Test
    void a_query_finds_skus_names_and_tags_whatever_the_case_and_takes_wildcards_literally() {
        String tag = tag();
        var percent = Article.called("A_" + tag, "100% Straße\\gold");
        var plain = Article.called("AB" + tag, "Ärmel " + tag, "100 percent");
        hear(percent, plain);
        awaitShown(percent, plain);

        assertThat(found("a_" + tag)).containsExactly(percent.id());
        assertThat(found("  " + tag + "  ")).containsExactlyInAnyOrder(percent.id(), plain.id());
        assertThat(found("100% stra")).contains(percent.id()).doesNotContain(plain.id());
        assertThat(found("STRASSE\\")).isEmpty();
        assertThat(found("straße\\G")).contains(percent.id());
        assertThat(found("äRMEL " + tag)).containsExactly(plain.id());
        assertThat(found("PERCENT")).contains(plain.id());
    }

    @Test
    void attachable_images_are_listed_in_the_shape_of_the_shop() {
        String tag = tag();
        var older = Picture.called("older.png", tag, "b");
        var newer = Picture.called("newer_" + tag + ".png").uploadedAt(NOON);
        hear(older, newer);
        awaitApplied(older, newer);

        assertThat(get("/api/products/attachable-images?query=" + tag).body())
                .isEqualTo("""
                {"items":[{"id":"%s","fileName":"newer_%s.png","contentType":"image/png","width":640,"height":480,\
                "tags":[],"status":"ACTIVE"},{"id":"%s","fileName":"older.png","contentType":"image/png","width":640,\
                "height":480,"tags":["%s","b"],"status":"ACTIVE"}],"page":0,"size":20,"total":2}""".formatted(newer.id(), tag, older.id(), tag));
    }

    @Test
    void bad_questions_are_refused_as_the_monolith_refuses_them() {
        assertProblem("/api/products?page=-1&size=101", 400, "invalid", """
                {"detail":"These fields are wrong: page, size. Correct what 'mistakes' lists and send the request again.",\
                "instance":"/api/products","status":400,"title":"Invalid","type":"urn:strangler:problem:invalid",\
                "mistakes":[{"field":"page","reason":"is -1, must be 0 to 1000000"},\
                {"field":"size","reason":"is 101, must be 1 to 100"}]}""");
        assertProblem("/api/products?page=one", 400, "invalid", null);
        assertProblem("/api/products?query=%00", 400, "invalid", null);
        assertProblem("/api/products/attachable-images?size=0", 400, "invalid", null);
        assertProblem("/api/products/" + sku(), 404, "not-found", null);
        assertProblem("/api/products/$no-sku", 404, "not-found", null);
        assertProblem("/api/elsewhere", 404, "not-found", null);
    }

    @Test
    void commands_are_sent_on_to_the_owner() {
        var image = UUID.randomUUID();
        for (var answer : List.of(
                post("/api/products", "{}"),
                post("/api/products/LAMP-1/images", "{\"assetId\": \"%s\"}".formatted(image)),
                send("DELETE", "/api/products/LAMP-1/images/" + image))) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(421);
            assertThat(json(answer).get("type").asString()).isEqualTo("urn:strangler:problem:fenced");
            assertThat(json(answer).get("detail").asString())
                    .contains("monolith")
                    .contains("façade");
            assertThat(answer.headers().firstValue("X-Strangler-Owner")).hasValue("monolith");
            assertThat(answer.headers().firstValue("X-Strangler-Epoch")).hasValue("0");
            assertThat(answer.headers().firstValue("X-Served-By")).hasValue("pim");
        }
    }

    @Test
    void readiness_is_told() {
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    private void assertProblem(String path, int status, String slug, String body) {
        var answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("X-Served-By")).hasValue("pim");
        assertThat(json(answer).get("type").asString()).isEqualTo("urn:strangler:problem:" + slug);
        if (body != null) {
            assertThat(json(answer)).isEqualTo(tree(body));
        }
    }

    private List<UUID> found(String query) {
        var ids = new ArrayList<UUID>();
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        json(get("/api/products?size=100&query=" + encoded))
                .get("items")
                .forEach(item -> ids.add(UUID.fromString(item.get("id").asString())));
        return ids;
    }

    private static String sku() {
        return "SKU-" + tag();
    }

    private static String tag() {
        return "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
