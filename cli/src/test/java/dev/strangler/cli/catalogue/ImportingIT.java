package dev.strangler.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.strangler.cli.HttpStandIn;
import dev.strangler.cli.HttpStandIn.Answer;
import dev.strangler.cli.HttpStandIn.Request;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportingIT {

    private static final Patience PATIENCE =
            new Patience(4, Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofSeconds(5));

    @TempDir
    Path directory;

    @Test
    void images_go_up_before_the_product_that_names_them_in_order() throws IOException {
        var product = product("mug", "b.png", "a.png");
        try (var shop = new HttpStandIn(ImportingIT::emptyShop)) {
            var result = run(shop, product);

            assertThat(result.created()).isEqualTo(new ImportResult.Counts(1, 2));
            assertThat(result.badRows()).isEmpty();
            assertThat(shop.requests())
                    .extracting(Request::method, Request::path)
                    .containsExactly(
                            tuple("POST", "/api/assets"),
                            tuple("POST", "/api/assets"),
                            tuple("GET", "/api/products/sku-mug"),
                            tuple("POST", "/api/products"));
            var create = shop.requests().get(3);
            assertThat(create.body())
                    .contains("\"imageIds\":[\"id-of-b.png\",\"id-of-a.png\"]")
                    .contains("\"price\":{\"amount\":12.50,\"currency\":\"EUR\"}");
            assertThat(shop.requests())
                    .allSatisfy(
                            request -> assertThat(request.header("X-Client-Id")).isEqualTo("strangler-import"));
        }
    }

    @Test
    void every_write_carries_a_key_made_of_what_it_writes() throws IOException {
        try (var shop = new HttpStandIn(ImportingIT::emptyShop)) {
            run(shop, product("mug", "a.png"));
            run(shop, product("mug", "a.png"));
            Files.writeString(directory.resolve("a.png"), "another picture");
            run(shop, product("mug", "a.png"));

            var keys = shop.requests().stream()
                    .filter(request -> request.path().equals("/api/assets"))
                    .map(request -> request.header("Idempotency-Key"))
                    .toList();
            assertThat(keys).hasSize(3).doesNotContain("");
            assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
        }
    }

    @Test
    void what_the_shop_has_already_is_counted_as_such_and_only_missing_images_are_attached() throws IOException {
        try (var shop = new HttpStandIn(request -> {
            if (request.path().equals("/api/assets")) {
                return new Answer(
                        201,
                        "{\"id\":\"" + "id-of-" + fileName(request) + "\"}",
                        Map.of("Idempotency-Replayed", "true"));
            }
            return request.method().equals("GET")
                    ? new Answer(200, "{\"version\":7,\"imageIds\":[\"id-of-a.png\"]}")
                    : new Answer(200, "{}");
        })) {
            var result = run(shop, product("mug", "a.png", "b.png"));

            assertThat(result.created()).isEqualTo(new ImportResult.Counts(0, 0));
            assertThat(result.alreadyThere()).isEqualTo(new ImportResult.Counts(1, 2));
            assertThat(shop.requests())
                    .filteredOn(request -> request.path().endsWith("/images"))
                    .singleElement()
                    .satisfies(request -> assertThat(request.body()).isEqualTo("{\"assetId\":\"id-of-b.png\"}"));
        }
    }

    @Test
    void a_shop_that_says_not_now_is_asked_again_with_the_same_key() throws IOException {
        var asked = new AtomicInteger();
        try (var shop = new HttpStandIn(request -> {
            int attempt = asked.getAndIncrement();
            return switch (attempt) {
                case 0 -> new Answer(503, "{}", Map.of("Retry-After", "0"));
                case 1 -> new Answer(502, "{}");
                case 2 -> Answer.HANG_UP;
                default -> emptyShop(request);
            };
        })) {
            var result = run(shop, product("mug", "a.png"));

            assertThat(result.badRows()).isEmpty();
            assertThat(shop.requests().subList(0, 4))
                    .extracting(request -> request.header("Idempotency-Key"))
                    .hasSize(4)
                    .containsOnly(shop.requests().get(0).header("Idempotency-Key"));
        }
    }

    /** The services hear of a picture by an event; a relay that is started again is seconds behind. */
    @Test
    void a_picture_that_the_products_have_not_heard_of_yet_is_no_bad_row() throws IOException {
        var created = new AtomicInteger();
        try (var shop = new HttpStandIn(request -> request.method().equals("POST")
                        && request.path().equals("/api/products")
                        && created.incrementAndGet() < 3
                ? new Answer(422, "{\"detail\":\"There is no image id-of-a.png: never uploaded, or purged.\"}")
                : emptyShop(request))) {
            assertThat(run(shop, product("mug", "a.png")).badRows()).isEmpty();
            assertThat(created).hasValue(3);
        }
        try (var shop = new HttpStandIn(
                request -> request.method().equals("POST") && request.path().equals("/api/products")
                        ? new Answer(422, "{\"detail\":\"There is no image id-of-a.png: never uploaded, or purged.\"}")
                        : emptyShop(request))) {
            assertThat(run(shop, product("mug", "a.png")).badRows()).hasSize(1);
        }
    }

    @Test
    void retry_after_is_honoured_up_to_what_patience_allows() throws IOException {
        var asked = new AtomicInteger();
        try (var shop = new HttpStandIn(request -> asked.getAndIncrement() == 0
                ? new Answer(503, "{}", Map.of("Retry-After", "3600"))
                : emptyShop(request))) {
            var begun = System.nanoTime();
            run(shop, product("mug", "a.png"));

            var took = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(took).isGreaterThanOrEqualTo(PATIENCE.longestPause()).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void a_shop_that_stays_away_ends_the_import_after_a_bounded_number_of_attempts() throws IOException {
        try (var shop = new HttpStandIn(request -> new Answer(502, "{}"))) {
            assertThatThrownBy(() -> run(shop, product("mug", "a.png")))
                    .isInstanceOf(ShopDoesNotAnswer.class)
                    .hasMessageContaining("502")
                    .hasMessageContaining("4 attempts");
            assertThat(shop.requests()).hasSize(4);
        }
    }

    @Test
    void what_the_shop_refuses_is_named_by_line_and_the_rest_goes_in() throws IOException {
        Function<Request, Answer> picky = request -> {
            if (request.path().equals("/api/assets") && fileName(request).equals("bad.png")) {
                return new Answer(415, "{\"title\":\"Unsupported\",\"detail\":\"This is no picture.\"}");
            }
            if (request.path().equals("/api/products") && request.body().contains("sku-dear")) {
                return new Answer(
                        400,
                        "{\"detail\":\"One field is wrong.\",\"mistakes\":[{\"field\":\"price\",\"reason\":\"too high\"}]}");
            }
            return emptyShop(request);
        };
        try (var shop = new HttpStandIn(picky)) {
            var result = run(shop, product("mug", "bad.png", "a.png"), product("dear"));

            assertThat(result.created()).isEqualTo(new ImportResult.Counts(1, 1));
            assertThat(result.badRows()).hasSize(2);
            assertThat(result.badRows().get(0).reason()).contains("bad.png").contains("415: This is no picture.");
            assertThat(result.badRows().get(1).reason()).contains("One field is wrong. price too high");
        }
    }

    @Test
    void a_picture_that_cannot_be_read_is_named_by_line_and_the_rest_goes_in() throws IOException {
        var product = product("mug", "gone.png", "a.png");
        Files.delete(directory.resolve("gone.png"));
        try (var shop = new HttpStandIn(ImportingIT::emptyShop)) {
            var result = run(shop, product, product("cup"));

            assertThat(result.created()).isEqualTo(new ImportResult.Counts(2, 1));
            assertThat(result.badRows()).singleElement().satisfies(row -> {
                assertThat(row.line()).isEqualTo(2);
                assertThat(row.reason()).contains("gone.png", "cannot be read", "import again");
            });
        }
    }

    @Test
    void a_picture_of_several_products_goes_up_once() throws IOException {
        try (var shop = new HttpStandIn(ImportingIT::emptyShop)) {
            var result = run(shop, product("one", "a.png"), product("two", "a.png"), product("three", "a.png"));

            assertThat(result.created()).isEqualTo(new ImportResult.Counts(3, 1));
            assertThat(shop.requests())
                    .filteredOn(request -> request.path().equals("/api/assets"))
                    .hasSize(1);
        }
    }

    private static Answer emptyShop(Request request) {
        if (request.path().equals("/api/assets")) {
            return new Answer(201, "{\"id\":\"id-of-" + fileName(request) + "\"}");
        }
        return request.method().equals("GET") ? new Answer(404, "{}") : new Answer(201, "{}");
    }

    private static String fileName(Request upload) {
        return upload.body().replaceAll("(?s).*filename=\"([^\"]*)\".*", "$1");
    }

    private ImportResult run(HttpStandIn shop, CatalogueProduct... products) {
        var silent = new ImportProgress() {
            @Override
            public void begin(int productCount, int imageCount) {}

            @Override
            public void imageDone() {}

            @Override
            public void productDone(String name) {}

            @Override
            public void end() {}
        };
        return new Importing(shop.uri(), "EUR", PATIENCE, Clock.systemUTC(), silent)
                .run(new Catalogue(List.of(products), List.of()));
    }

    private CatalogueProduct product(String handle, String... images) throws IOException {
        var pictures = new java.util.ArrayList<CatalogueImage>();
        for (var image : images) {
            var file = directory.resolve(image);
            if (!Files.exists(file)) {
                Files.writeString(file, "content of " + image);
            }
            pictures.add(new CatalogueImage(2, file));
        }
        return new CatalogueProduct(
                2, handle, "sku-" + handle, handle, "", new BigDecimal("12.50"), List.of("tag"), pictures);
    }
}
