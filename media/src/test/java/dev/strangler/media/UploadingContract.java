package dev.strangler.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What becomes of good uploads. */
public interface UploadingContract extends AssetsOwner {

    @Test
    default void a_good_picture_of_each_type_becomes_an_asset() throws Exception {
        record Good(String name, String type, byte[] bytes) {}
        for (var good : List.of(
                new Good("lamp.jpg", "image/jpeg", Pictures.jpeg(640, 480)),
                new Good("LAMP.PNG", "image/png", Pictures.transparentPng(640, 480)),
                new Good("lamp.gif", "image/gif", Pictures.gif(640, 480, 4)),
                new Good("lamp.webp", "image/webp", Pictures.webp(640, 480)),
                new Good("lossy.webp", "image/webp", Pictures.lossyWebp(640, 480)))) {
            var answer = shop().upload(UploadRequest.of(good.name(), good.type(), good.bytes())
                    .field("tags", "lamp, new")
                    .field("tags", "größe"));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            var json = answer.json();
            assertThat(json.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id",
                            "fileName",
                            "contentType",
                            "size",
                            "sha256",
                            "width",
                            "height",
                            "tags",
                            "status",
                            "version",
                            "uploadedAt");
            assertThat(json.path("fileName").asString()).isEqualTo(good.name());
            assertThat(json.path("contentType").asString()).isEqualTo(good.type());
            assertThat(json.path("size").asLong()).isEqualTo(good.bytes().length);
            assertThat(json.path("sha256").asString()).isEqualTo(sha256(good.bytes()));
            assertThat(json.path("width").asInt()).isEqualTo(640);
            assertThat(json.path("height").asInt()).isEqualTo(480);
            assertThat(json.path("tags").toString()).isEqualTo("[\"größe\",\"lamp\",\"new\"]");
            assertThat(json.path("status").asString()).isEqualTo("ACTIVE");
            assertThat(json.path("version").asLong()).isEqualTo(1);
            assertThat(answer.header("ETag")).isEqualTo("\"1\"");
            assertThat(answer.header("X-Served-By")).isEqualTo(name());
            assertThat(answer.header("X-Strangler-Written")).contains("Asset:" + answer.field("id") + ":1");
            assertThat(answer.header("Location")).isEqualTo("/api/assets/" + answer.field("id"));
            assertThat(events(answer.field("id"))).containsExactly("AssetUploaded");

            var content = shop().get(answer.header("Location") + "/content");
            assertThat(content.bytes()).isEqualTo(good.bytes());
            var thumbnail = shop().get(answer.header("Location") + "/thumbnail");
            var picture = ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
            assertThat(new int[] {picture.getWidth(), picture.getHeight()}).containsExactly(256, 192);
        }
    }

    @Test
    default void content_is_served_so_that_no_browser_runs_it() {
        var uploaded = shop().upload(UploadRequest.of("grüße \u2603 100%.jpg", "image/jpeg", Pictures.jpeg(300, 301)));
        assertThat(uploaded.status()).as(uploaded.toString()).isEqualTo(201);
        String path = uploaded.header("Location");

        var content = shop().get(path + "/content");

        assertThat(content.status()).isEqualTo(200);
        assertThat(content.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(content.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(content.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
        assertThat(content.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"gr__e _ 100_.jpg\";"
                        + " filename*=UTF-8''gr%C3%BC%C3%9Fe%20%E2%98%83%20100%25.jpg");
        assertThat(content.header("ETag")).isEqualTo("\"" + uploaded.field("sha256") + "\"");
        assertThat(content.header("Cache-Control")).contains("private");

        var thumbnail = shop().get(path + "/thumbnail");
        assertThat(thumbnail.header("Content-Disposition")).startsWith("inline; ");
        assertThat(thumbnail.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(thumbnail.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");

        assertThat(shop().get(path + "/content", "If-None-Match", content.header("ETag"))
                        .status())
                .isEqualTo(304);
        var part = shop().get(path + "/content", "Range", "bytes=0-9");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).hasSize(10);
    }

    @Test
    default void blobs_are_given_by_digest_and_by_nothing_else() throws Exception {
        byte[] bytes = Pictures.jpeg(310, 311);
        shop().upload(UploadRequest.of("a.jpg", "image/jpeg", bytes));

        assertThat(shop().get("/internal/blobs/" + sha256(bytes)).bytes()).isEqualTo(bytes);
        assertThat(shop().get("/internal/blobs/" + "0".repeat(64)).status()).isEqualTo(404);
        assertThat(shop().get("/internal/blobs/..%2f..%2fetc%2fpasswd").status())
                .isIn(400, 404);
        assertThat(shop().get("/internal/blobs/" + "A".repeat(64)).status()).isEqualTo(400);
        assertThat(shop().get("/internal/blobs/arriving").status()).isEqualTo(400);
    }

    @Test
    default void the_same_file_of_the_same_owner_is_one_asset() {
        byte[] bytes = Pictures.png(1);
        var first =
                shop().upload(UploadRequest.of("one.png", "image/png", bytes).field("tags", "first"));
        assertThat(first.status()).isEqualTo(201);

        var again =
                shop().upload(UploadRequest.of("two.png", "image/png", bytes).field("tags", "second"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());

        var others =
                shop().upload(UploadRequest.of("one.png", "image/png", bytes).header("X-Owner", "somebody"));
        assertThat(others.status()).isEqualTo(201);
        assertThat(others.field("id")).isNotEqualTo(first.field("id"));
        assertThat(events(first.field("id"))).containsExactly("AssetUploaded");
    }

    @Test
    default void the_same_file_sent_at_the_same_moment_is_one_asset() throws Exception {
        byte[] bytes = Pictures.png(2);
        var pool = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Shop.Answer>> all = IntStream.range(0, 6)
                    .mapToObj(i -> (Callable<Shop.Answer>)
                            () -> shop().upload(UploadRequest.of("racing.png", "image/png", bytes)))
                    .toList();
            var answers = pool.invokeAll(all).stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception failure) {
                            throw new IllegalStateException(failure);
                        }
                    })
                    .toList();
            assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 201);
            assertThat(answers.stream().filter(answer -> answer.status() == 201))
                    .hasSize(1);
            assertThat(answers.stream().map(answer -> answer.field("id")).distinct())
                    .hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    default void what_is_uploaded_again_leaves_the_trash() {
        byte[] bytes = Pictures.png(3);
        String path =
                shop().upload(UploadRequest.of("back.png", "image/png", bytes)).header("Location");
        shop().post(path + "/trash");

        var again = shop().upload(UploadRequest.of("back.png", "image/png", bytes));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.field("status")).isEqualTo("ACTIVE");
        assertThat(again.json().path("version").asLong()).isEqualTo(3);
        assertThat(events(again.field("id"))).containsExactly("AssetUploaded", "AssetTrashed", "AssetUntrashed");
    }

    @Test
    default void a_repeated_request_with_its_key_gets_the_stored_answer() {
        byte[] bytes = Pictures.png(4);
        String key = UUID.randomUUID().toString();
        var first = shop().upload(UploadRequest.of("k.png", "image/png", bytes).header("Idempotency-Key", key));
        String path = first.header("Location");
        shop().post(path + "/trash");

        var again = shop().upload(UploadRequest.of("k.png", "image/png", bytes).header("Idempotency-Key", key));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(shop().get(path).field("status")).isEqualTo("TRASHED");

        var another = shop().upload(
                        UploadRequest.of("k.png", "image/png", Pictures.png(5)).header("Idempotency-Key", key));
        assertThat(another.status()).isEqualTo(422);
    }

    @Test
    default void nothing_is_left_in_the_arriving_folder() throws IOException {
        shop().upload(UploadRequest.of("x.png", "image/png", Pictures.png(7)));
        shop().upload(UploadRequest.of("x.jpg", "image/jpeg", Pictures.png(8)));

        try (var files = Files.list(blobDirectory().resolve("arriving"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    default void a_blob_lies_two_levels_deep_under_its_digest() throws Exception {
        byte[] bytes = Pictures.png(9);
        shop().upload(UploadRequest.of("deep.png", "image/png", bytes));

        String hex = sha256(bytes);
        Path home = blobDirectory()
                .resolve(hex.substring(0, 2))
                .resolve(hex.substring(2, 4))
                .resolve(hex);
        assertThat(Files.readAllBytes(home)).isEqualTo(bytes);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
