package dev.strangler.monolith.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.monolith.Browser;
import dev.strangler.monolith.RunningMonolith;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, it gets a clear problem document, and the monolith lives on. */
class BadInputIT extends RunningMonolith {

    private static final String RIGHT = """
            {"sku": "%s", "name": "n", "description": "d", "price": {"amount": 1, "currency": "EUR"}, "tags": ["t"], "imageIds": []}""";

    private final String sku = "BAD-" + UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void the_monolith_lives_on() {
        assertThat(database.sql("select count(*) from product where sku = ?")
                        .param(sku)
                        .query(Long.class)
                        .single())
                .isZero();
        create(RIGHT.formatted(sku)).is(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "}",
                "[]",
                "42",
                "\"text\"",
                "{\"sku\"}",
                "{\"sku\": }",
                "{'sku': 'x'}",
                "{} {}",
                "{\"sku\": \"a\", \"sku\": \"b\"}",
                "<sku>a</sku>",
                "\u0000",
                "{\"sku\": NaN}",
                "{\"sku\": 01}",
                "{\"a\":1,}",
                "// comment\n{}",
                "{\"sku\": \"\\x\"}",
                "{\"sku\": \"unended"
            })
    void what_is_no_json_object_is_refused(String body) {
        create(body).isProblem(400);
    }

    @Test
    void broken_json_is_shown_where_it_breaks() {
        assertThat(create("{\"sku\": \"a\",\n \"name\" 5}")
                        .isProblem(400)
                        .json()
                        .path("detail")
                        .stringValue())
                .contains("line 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|{\"colour\": \"red\", |colour",
                "\"amount\": 1|\"amount\": 1, \"vat\": 2|price.vat",
                "\"name\": \"n\"|\"name\": 5|name",
                "\"name\": \"n\"|\"name\": true|name",
                "\"name\": \"n\"|\"name\": 1.5|name",
                "\"name\": \"n\"|\"name\": {\"x\": 1}|name",
                "\"name\": \"n\"|\"name\": [\"n\"]|name",
                "\"name\": \"n\"|\"name\": null|name",
                "\"name\": \"n\"|\"name\": \"  \"|name",
                "\"name\": \"n\"|\"name\": \"a\\u0000b\"|name",
                "\"name\": \"n\"|\"name\": \"a\\ud800b\"|name",
                "\"name\": \"n\"|\"name\": \"a\\u202eb\"|name",
                "\"name\": \"n\"|\"name\": \"a\\r\\nb\"|name",
                "\"description\": \"d\"|\"description\": \"a\\u0007\"|description",
                "[\"t\"]|\"t\"|tags",
                "[\"t\"]|[1]|tags[0]",
                "[\"t\"]|[null]|tags",
                "[\"t\"]|[[\"t\"]]|tags[0]",
                "[\"t\"]|[\"a\\u0000\"]|tags[0]",
                "[]|[\"x\"]|imageIds[0]",
                "[]|[null]|imageIds",
                "[]|[7]|imageIds[0]",
                "[]|{}|imageIds",
                "\"amount\": 1|\"amount\": \"1\"|price.amount",
                "\"amount\": 1|\"amount\": -1|price.amount",
                "\"amount\": 1|\"amount\": 1.00001|price.amount",
                "\"amount\": 1|\"amount\": 1e13|price.amount",
                "\"amount\": 1|\"amount\": 1e999999999|price.amount",
                "\"amount\": 1|\"amount\": 1e-999999999|price.amount",
                "\"amount\": 1|\"amount\": true|price.amount",
                "\"amount\": 1|\"amount\": null|price.amount",
                "\"EUR\"|\"eur\"|price.currency",
                "\"EUR\"|\"QQQ\"|price.currency",
                "\"EUR\"|null|price.currency",
                "{\"amount\": 1, \"currency\": \"EUR\"}|5|price",
                "{\"amount\": 1, \"currency\": \"EUR\"}|null|price"
            })
    void a_wrong_field_is_named(String right, String wrong, String field) {
        create(RIGHT.formatted(sku)
                        .replaceFirst(
                                java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong)))
                .isProblem(400)
                .names(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ".", "..", "a b", "a/b", "ä", "a\\u0000", "-a", "attachable-images", "%2e%2e", "a;b"})
    void what_is_no_sku_is_refused(String wrong) {
        create(RIGHT.formatted(wrong)).isProblem(400).names("sku");
    }

    @Test
    void what_is_too_long_is_refused_with_its_limit() {
        var wrong = create("""
                {"sku": "%s", "name": "%s", "description": "%s", "price": {"amount": 1, "currency": "EUR"}, "tags": ["%s"]}""".formatted("s".repeat(65), "n".repeat(201), "d".repeat(20_001), "t".repeat(61)))
                .isProblem(400);

        wrong.names("sku").names("name").names("description").names("tags[0]");
        assertThat(wrong.text()).contains("at most 200", "at most 20000", "at most 60");
    }

    @Test
    void numbers_that_would_fill_the_memory_are_refused() {
        create(RIGHT.formatted(sku).replace("\"amount\": 1", "\"amount\": " + "9".repeat(500_000)))
                .isProblem(400);
        create(RIGHT.formatted(sku).replace("\"amount\": 1", "\"amount\": 1e99999999999999999999"))
                .isProblem(400);
    }

    @Test
    void deeply_nested_json_is_refused() {
        create("[".repeat(100_000)).isProblem(400);
        create("{\"price\":".repeat(50_000)).isProblem(400);
    }

    @Test
    void text_that_is_no_utf_8_is_refused() {
        var body = RIGHT.formatted(sku).replace("\"n\"", "\"@\"").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '@' ? (byte) 0xff : body[i];
        }

        browser()
                .send("POST", "/api/products", BodyPublishers.ofByteArray(body), "Content-Type", "application/json")
                .isProblem(400);
    }

    @Test
    void a_body_beyond_a_megabyte_is_refused_with_and_without_announcing_its_length() {
        var large = ("{\"name\": \"" + "x".repeat(1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);

        browser()
                .send("POST", "/api/products", BodyPublishers.ofByteArray(large), "Content-Type", "application/json")
                .isProblem(413);
        browser()
                .send(
                        "POST",
                        "/api/products",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                        "Content-Type",
                        "application/json")
                .isProblem(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "nonsense",
                "multipart/form-data",
                "a/b/c"
            })
    void another_media_type_is_refused(String type) {
        var answer = browser()
                .send("POST", "/api/products", BodyPublishers.ofString(RIGHT.formatted(sku)), "Content-Type", type);

        assertThat(answer.status()).isIn(400, 415);
        answer.isProblem(answer.status());
    }

    @Test
    void a_request_without_a_media_type_is_refused() {
        browser().send("POST", "/api/products", BodyPublishers.ofString("{}")).isProblem(415);
    }

    @Test
    void an_answer_that_the_client_does_not_take_is_refused() {
        browser()
                .send("GET", "/api/products", BodyPublishers.noBody(), "Accept", "text/csv")
                .isProblem(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/api",
                "/api/nothing",
                "/api/products/no-such",
                "/api/products/a%20b",
                "/api/products/%C3%A4",
                "/api/products/no-such/nothing",
                "/index.html",
                "/static/",
                "/error-page"
            })
    void an_unknown_address_is_a_404_problem(String path) {
        browser().get(path).isProblem(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/products?page=-1",
                "/api/products?page=x",
                "/api/products?page=1000001",
                "/api/products?page=99999999999",
                "/api/products?size=0",
                "/api/products?size=101",
                "/api/products?page=1.5",
                "/api/products?query=a%00b",
                "/api/products/a%00b",
                "/api/products/attachable-images?size=101"
            })
    void a_wrong_parameter_is_a_400_problem(String path) {
        browser().get(path).isProblem(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%25",
                "_",
                "'",
                "%5C",
                "%22",
                "%F0%9F%92%A1",
                "%27%3B%20drop%20table%20product%3B--",
                "*",
                "%5C%25"
            })
    void any_query_may_be_searched_for(String query) {
        browser().get("/api/products?query=" + query).is(200);
        browser().get("/api/products/attachable-images?query=" + query).is(200);
    }

    @Test
    void a_method_that_is_not_offered_is_refused() {
        assertThat(browser()
                        .send("PATCH", "/api/products/x/details", "{}")
                        .isProblem(405)
                        .header("Allow"))
                .contains("PUT");
        browser().delete("/api/products").isProblem(405);
    }

    @Test
    void an_image_that_is_no_id_is_refused() {
        browser().delete("/api/products/no-such/images/not-a-uuid").isProblem(400);
        browser().delete("/api/products/no-such/images/" + UUID.randomUUID()).isProblem(404);
    }

    @Test
    void details_need_name_and_description() {
        browser()
                .put("/api/products/no-such/details", "{}")
                .isProblem(400)
                .names("name")
                .names("description");
        browser().put("/api/products/no-such/tags", "{}").isProblem(400).names("tags");
        browser().post("/api/products/no-such/images", "{}").isProblem(400).names("assetId");
        browser()
                .put("/api/products/no-such/price", "{}")
                .isProblem(400)
                .names("amount")
                .names("currency");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/products?query=a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/products|x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "POST /api/products HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n",
                "POST /api/products HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "nonsense\r\n\r\n"
            })
    void what_is_hardly_http_is_refused_without_a_word_of_our_insides(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", browser().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Exception", "org.apache", "Tomcat");
        }
    }

    private Browser.Answer create(String body) {
        return browser().post("/api/products", body);
    }
}
