package dev.strangler.monolith.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad file and each bad name gets a clear refusal over real HTTP, and the shop goes on as if nothing had been. */
class HostileUploadsIT extends RunningShop {

    private static long seed = 1000;

    private long eventsBefore;

    @BeforeEach
    void count() {
        eventsBefore = allEvents();
    }

    @AfterEach
    void the_shop_lives_on() throws IOException {
        assertThat(allEvents()).as("a refused upload publishes nothing").isEqualTo(eventsBefore);
        try (var left = Files.list(blobDirectory.resolve("arriving"))) {
            assertThat(left).as("a refused upload leaves nothing behind").isEmpty();
        }
        var good = shop.upload(UploadRequest.of("good.png", "image/png", Pictures.png(seed++)));
        assertThat(good.status()).as(good.toString()).isEqualTo(201);
    }

    static Stream<HostileFiles.Bad> badFiles() throws IOException {
        return HostileFiles.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void a_bad_file_is_refused_with_a_clear_problem(HostileFiles.Bad bad) {
        var answer = shop.upload(UploadRequest.of(bad.fileName(), bad.contentType(), bad.content()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(bad.status());
        assertProblem(answer, bad.says());
    }

    /** A way to tell a name on the wire, and what the refusal must speak of. */
    record BadName(String what, String fragment, String says) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<BadName> badNames() {
        return Stream.of(
                new BadName("traversal", "filename=\"../../etc/passwd.png\"", "path"),
                new BadName("windows traversal", "filename*=UTF-8''..%5C..%5Cboot.png", "path"),
                new BadName("encoded traversal", "filename=\"..%2f..%2fetc%2fpasswd.png\"", "percent-encoded"),
                new BadName("double-encoded traversal", "filename=\"..%252f..%252fx.png\"", "percent-encoded"),
                new BadName("absolute path", "filename=\"/etc/passwd.png\"", "path"),
                new BadName("quote", "filename*=UTF-8''a%22b.png", "quotation"),
                new BadName("NUL", "filename*=UTF-8''a.php%00.png", "control"),
                new BadName("raw NUL", "filename=\"a.php\0.png\"", ""),
                new BadName("encoded NUL", "filename=\"a.php%00.png\"", "percent-encoded"),
                new BadName("CR LF", "filename*=UTF-8''a%0D%0ASet-Cookie:%20x.png", "control"),
                new BadName("CR LF as browsers write it", "filename=\"a%0D%0ASet-Cookie: x.png\"", "percent-encoded"),
                new BadName("raw CR LF", "filename=\"a.png\r\nX-Evil: yes\"", ""),
                new BadName("bidi override", "filename*=UTF-8''gpj.%E2%80%AEgnp.png", "text-direction"),
                new BadName("raw bidi override", "filename=\"gpj.\u202Egnp.png\"", "text-direction"),
                new BadName("isolates", "filename=\"a\u2066b.png\"", "text-direction"),
                new BadName("line separator", "filename=\"a\u2028b.png\"", "control"),
                new BadName("escape sequence", "filename=\"a\u001B[31m.png\"", "control"),
                new BadName("4 KB", "filename=\"" + "n".repeat(4096) + ".png\"", "characters"),
                new BadName("20 KB", "filename=\"" + "n".repeat(20_000) + ".png\"", "too long"),
                new BadName("201 characters", "filename=\"" + "n".repeat(197) + ".png\"", "201 characters"),
                new BadName("long in bytes", "filename=\"" + "\u65E5".repeat(90) + ".png\"", "255 bytes"),
                new BadName("empty", "filename=\"\"", ""),
                new BadName("blank", "filename=\"   \"", "no name"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badNames")
    void a_bad_name_is_refused_with_a_clear_problem(BadName bad) {
        var answer = shop.upload(UploadRequest.named(bad.fragment(), "image/png", Pictures.png(1)));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertProblem(answer, bad.says());
    }

    @Test
    void what_is_no_upload_is_refused() {
        assertThat(shop.upload(UploadRequest.withoutFile().field("tags", "a")).status())
                .isEqualTo(400);
        assertThat(shop.upload(UploadRequest.withoutFile()).status()).isEqualTo(400);
        assertThat(shop.upload(UploadRequest.of("a.png", "image/png", Pictures.png(1))
                                .field("price", "0"))
                        .status())
                .isEqualTo(400);
        assertThat(shop.upload(UploadRequest.of("a.png", "image/png", Pictures.png(1))
                                .field("tags", "\u202Egnat"))
                        .status())
                .isEqualTo(400);
        assertThat(shop.post("/api/assets").status()).isEqualTo(415);
        var many = UploadRequest.of("a.png", "image/png", Pictures.png(1));
        for (int i = 0; i < 200; i++) {
            many.field("tags", "t" + i);
        }
        assertThat(shop.upload(many).status()).isIn(400, 413);
    }

    private static void assertProblem(Shop.Answer answer, String says) {
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("X-Served-By")).isEqualTo("monolith");
        var problem = answer.json();
        assertThat(problem.path("type").asString()).startsWith("urn:");
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("instance").asString()).isEqualTo("/api/assets");
        assertThat(answer.text()).contains(says);
    }
}
