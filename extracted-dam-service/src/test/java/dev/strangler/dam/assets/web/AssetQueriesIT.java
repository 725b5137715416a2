package dev.strangler.dam.assets.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.dam.RunningDam;
import dev.strangler.media.Picture;
import dev.strangler.media.Pictures;
import dev.strangler.media.UploadRequest;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the service answers about assets, and how. */
class AssetQueriesIT extends RunningDam {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void an_asset_is_answered_in_the_shape_of_the_shop() {
        var lamp =
                Picture.at(SOURCE, "desk lamp.png", "home", "lamp").uploadedAt(Instant.parse("2026-11-21T09:30:00Z"));
        hear(lamp);
        awaitShown(lamp);

        var answer = get("/api/assets/" + lamp.id());

        assertThat(answer.body()).isEqualTo("""
                {"id":"%s","fileName":"desk lamp.png","contentType":"image/png","size":%d,"sha256":"%s","width":640,\
                "height":480,"tags":["home","lamp"],"status":"ACTIVE","version":1,"uploadedAt":"2026-11-21T09:30:00Z"}""".formatted(
                        lamp.id(), lamp.content().length, lamp.state().sha256()));
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(answer.headers().firstValue("X-Served-By")).hasValue("dam");
        assertThat(send("GET", "/api/assets/" + lamp.id(), "If-None-Match", "\"1\"")
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void content_is_a_download_that_no_browser_runs() {
        var lamp = Picture.at(SOURCE, "lämp.png");
        hear(lamp);
        awaitShown(lamp);

        var content = get("/api/assets/" + lamp.id() + "/content");

        assertThat(content.body()).isEqualTo(new String(lamp.content(), StandardCharsets.UTF_8));
        assertThat(content.headers().map())
                .containsEntry("content-type", List.of("image/png"))
                .containsEntry(
                        "content-disposition",
                        List.of("attachment; filename=\"l_mp.png\"; filename*=UTF-8''l%C3%A4mp.png"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("content-security-policy", List.of("sandbox; default-src 'none'"))
                .containsEntry("cache-control", List.of("max-age=3600, private"))
                .containsEntry("etag", List.of("\"" + lamp.state().sha256() + "\""))
                .containsEntry("x-served-by", List.of("dam"));
        var part = send("GET", "/api/assets/" + lamp.id() + "/content", "Range", "bytes=0-6");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("content");
    }

    @Test
    void a_thumbnail_is_shown_in_place() {
        var lamp = Picture.at(SOURCE, "lamp.gif");
        hear(lamp);
        awaitShown(lamp);

        var thumbnail = get("/api/assets/" + lamp.id() + "/thumbnail");

        assertThat(thumbnail.body()).isEqualTo(new String(lamp.thumbnail(), StandardCharsets.UTF_8));
        assertThat(thumbnail.headers().map())
                .containsEntry("content-disposition", List.of("inline; filename=\"lamp.png\""))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("etag", List.of("\"" + lamp.state().thumbnail().sha256() + "\""));
    }

    @Test
    void lists_come_newest_first_and_page_by_page() {
        String tag = tag();
        var pictures = new ArrayList<Picture>();
        for (int i = 0; i < 5; i++) {
            // Two of the same microsecond: their ids decide.
            pictures.add(Picture.at(SOURCE, "p" + i + ".png", tag).uploadedAt(NOON.plusSeconds(i / 2)));
        }
        hear(pictures.toArray(Picture[]::new));
        awaitShown(pictures.toArray(Picture[]::new));
        var expected = pictures.stream()
                .sorted((one, other) -> {
                    int byTime =
                            other.state().uploadedAt().compareTo(one.state().uploadedAt());
                    return byTime == 0
                            ? one.id().toString().compareTo(other.id().toString())
                            : byTime;
                })
                .map(picture -> picture.id().toString())
                .toList();

        var all = new ArrayList<String>();
        for (int page = 0; page < 4; page++) {
            var answer = json(get("/api/assets?query=" + tag + "&size=2&page=" + page));
            assertThat(answer.get("page").asInt()).isEqualTo(page);
            assertThat(answer.get("size").asInt()).isEqualTo(2);
            assertThat(answer.get("total").asLong()).isEqualTo(5);
            answer.get("items").forEach(item -> all.add(item.get("id").asString()));
        }

        assertThat(all).isEqualTo(expected);
    }

    @Test
    void a_query_finds_names_and_tags_whatever_the_case_and_takes_wildcards_literally() {
        String tag = tag();
        var percent = Picture.at(SOURCE, "100%_" + tag + ".PNG", "Straße\\gold");
        var plain = Picture.at(SOURCE, "100x-" + tag + ".png", tag.toUpperCase(Locale.ROOT) + " Ärmel");
        hear(percent, plain);
        awaitShown(percent, plain);

        assertThat(found(tag)).containsExactlyInAnyOrder(percent.id(), plain.id());
        assertThat(found("  100%_" + tag + "  ")).containsExactly(percent.id());
        assertThat(found("100__" + tag)).isEmpty();
        assertThat(found("STRASSE\\")).isEmpty();
        assertThat(found("straße\\G")).contains(percent.id());
        assertThat(found(tag + " äRM")).containsExactly(plain.id());
        assertThat(found(tag + ".png")).containsExactlyInAnyOrder(percent.id(), plain.id());
    }

    @Test
    void the_trash_is_listed_only_when_asked_for() {
        String tag = tag();
        var lamp = Picture.at(SOURCE, "lamp.png", tag);
        hear(lamp, lamp.trashed());
        awaitShown(lamp.trashed());

        assertThat(found(tag)).isEmpty();
        assertThat(json(get("/api/assets?status=TRASHED&query=" + tag))
                        .get("total")
                        .asLong())
                .isEqualTo(1);
        assertThat(get("/api/assets/" + lamp.id() + "/content").statusCode()).isEqualTo(200);
    }

    @Test
    void bad_questions_are_refused_as_the_monolith_refuses_them() {
        assertProblem("/api/assets?page=-1&size=101", 400, "invalid", """
                {"detail":"These fields are wrong: page, size. Correct what 'mistakes' lists and send the request again.",\
                "instance":"/api/assets","status":400,"title":"Invalid","type":"urn:strangler:problem:invalid",\
                "mistakes":[{"field":"page","reason":"is -1, must be 0 to 1000000"},\
                {"field":"size","reason":"is 101, must be 1 to 100"}]}""");
        assertProblem("/api/assets?page=one", 400, "invalid", null);
        assertProblem("/api/assets?status=PURGED", 400, "invalid", null);
        assertProblem("/api/assets?query=" + "q".repeat(201), 400, "invalid", null);
        assertProblem("/api/assets?query=%00", 400, "invalid", null);
        assertProblem("/api/assets/not-an-id", 400, "invalid", null);
        assertProblem("/api/assets/" + UUID.randomUUID(), 404, "not-found", null);
        assertProblem("/api/assets/" + UUID.randomUUID() + "/content", 404, "not-found", null);
        assertProblem("/api/elsewhere", 404, "not-found", null);
    }

    @Test
    void commands_are_sent_on_to_the_owner() {
        var lamp = Picture.at(SOURCE, "lamp.png");
        hear(lamp);
        awaitShown(lamp);
        String path = "/api/assets/" + lamp.id();
        for (var command : List.of("POST " + path + "/trash", "POST " + path + "/untrash", "PUT " + path + "/tags")) {
            var words = command.split(" ");
            assertSentOn(send(words[0], words[1]));
        }
        var upload = shop().upload(UploadRequest.of("new.png", "image/png", Pictures.png(1)));
        assertThat(upload.status()).as(upload.toString()).isEqualTo(421);
        assertThat(json(get(path)).get("version").asLong()).isEqualTo(1);
    }

    private void assertSentOn(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(421);
        assertThat(json(answer).get("type").asString()).isEqualTo("urn:strangler:problem:fenced");
        assertThat(json(answer).get("fenced").asBoolean()).isTrue();
        assertThat(answer.headers().firstValue("X-Strangler-Owner")).hasValue("monolith");
        assertThat(answer.headers().firstValue("X-Served-By")).hasValue("dam");
    }

    @Test
    void readiness_is_told() {
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    private void assertProblem(String path, int status, String slug, String body) {
        var answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("X-Served-By")).hasValue("dam");
        assertThat(json(answer).get("type").asString()).isEqualTo("urn:strangler:problem:" + slug);
        if (body != null) {
            assertThat(json(answer)).isEqualTo(tree(body));
        }
    }

    private List<UUID> found(String query) {
        var ids = new ArrayList<UUID>();
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        json(get("/api/assets?size=100&query=" + encoded))
                .get("items")
                .forEach(item -> ids.add(UUID.fromString(item.get("id").asString())));
        return ids;
    }

    private static String tag() {
        return "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
