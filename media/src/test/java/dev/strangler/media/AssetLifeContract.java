package dev.strangler.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From upload to trash and back, as clients and subscribers see it. */
public interface AssetLifeContract extends AssetsOwner {

    JsonMapper JSON = new JsonMapper();

    @Test
    default void trash_hides_an_asset_and_untrash_shows_it_again() {
        String path = uploaded("life.png", Pictures.png(2000), "trashcan");

        var trashed = shop().post(path + "/trash");
        assertThat(trashed.status()).isEqualTo(200);
        assertThat(trashed.field("status")).isEqualTo("TRASHED");
        assertThat(trashed.header("ETag")).isEqualTo("\"2\"");
        assertThat(total("query=trashcan")).isZero();
        assertThat(total("query=trashcan&status=TRASHED")).isEqualTo(1);
        assertThat(shop().get(path).field("status")).isEqualTo("TRASHED");
        assertThat(shop().get(path + "/thumbnail").status()).isEqualTo(200);

        var untrashed = shop().post(path + "/untrash");
        assertThat(untrashed.field("status")).isEqualTo("ACTIVE");
        assertThat(untrashed.json().path("version").asLong()).isEqualTo(3);
        assertThat(total("query=trashcan")).isEqualTo(1);
        assertThat(events(trashed.field("id"))).containsExactly("AssetUploaded", "AssetTrashed", "AssetUntrashed");
    }

    @Test
    default void what_changes_nothing_is_no_new_version_and_no_event() {
        String path = uploaded("same.png", Pictures.png(2001), "b,a");

        assertThat(shop().put(path + "/tags", "{\"tags\": [\" a\", \"b\", \"a\", \"\"]}")
                        .json()
                        .path("version")
                        .asLong())
                .isEqualTo(1);
        assertThat(shop().post(path + "/untrash").json().path("version").asLong())
                .isEqualTo(1);
        shop().post(path + "/trash");
        assertThat(shop().post(path + "/trash").json().path("version").asLong()).isEqualTo(2);
        assertThat(events(AssetsOwner.id(path))).containsExactly("AssetUploaded", "AssetTrashed");
    }

    @Test
    default void tags_are_replaced_and_found() {
        String path = uploaded("tagged.png", Pictures.png(2002), "old");

        var answer = shop().put(path + "/tags", "{\"tags\": [\"Zebra-2002\", \"apfel 2002\", \"\u00C4rger\"]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("tags").toString()).isEqualTo("[\"Zebra-2002\",\"apfel 2002\",\"\u00C4rger\"]");
        assertThat(total("query=zEBRA-2002")).isEqualTo(1);
        assertThat(total("query=%C3%A4RGER")).isEqualTo(1);
        assertThat(events(AssetsOwner.id(path))).containsExactly("AssetUploaded", "AssetTagged");
    }

    @Test
    default void what_a_camera_has_written_is_told_in_plain_words_and_nothing_in_it_is_followed() throws Exception {
        try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = "http://127.0.0.1:" + stranger.getLocalPort() + "/";
            byte[] picture = Pictures.cameraJpeg(7, "<b>Brand</b>\u0007 \u202eX", address);
            String path = shop().upload(UploadRequest.of("camera.jpg", "image/jpeg", picture))
                    .header("Location");

            var told = shop().get(path + "/metadata");

            assertThat(told.status()).isEqualTo(200);
            assertThat(told.text())
                    .isEqualTo(
                            "{\"groups\":[{\"name\":\"Picture\",\"fields\":[{\"name\":\"Make\",\"value\":\"<b>Brand</b> X\"}]},"
                                    + "{\"name\":\"Exposure\",\"fields\":[{\"name\":\"Exposure Time\",\"value\":\"1/250 sec\"}]}]}");
            stranger.setSoTimeout(1);
            assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
        }
        var plain = shop().get(uploaded("no-camera.png", Pictures.png(2032), "") + "/metadata");
        assertThat(plain.text()).isEqualTo("{\"groups\":[]}");
        assertThat(shop().get("/api/assets/" + UUID.randomUUID() + "/metadata").status())
                .isEqualTo(404);
    }

    @Test
    default void a_change_with_a_stale_version_is_refused() {
        String path = uploaded("stale.png", Pictures.png(2003), "");
        shop().put(path + "/tags", "{\"tags\": [\"x\"]}");

        assertThat(shop().post(path + "/trash", "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(shop().put(path + "/tags", "{\"tags\": []}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(shop().get(path).header("ETag")).isEqualTo("\"2\"");
        assertThat(shop().post(path + "/trash", "If-Match", "\"2\"").status()).isEqualTo(200);
    }

    @Test
    default void a_repeated_command_with_its_key_does_nothing_twice() {
        String path = uploaded("twice.png", Pictures.png(2004), "");
        String key = UUID.randomUUID().toString();

        var first = shop().post(path + "/trash", "Idempotency-Key", key);
        shop().post(path + "/untrash");
        var again = shop().post(path + "/trash", "Idempotency-Key", key);

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(shop().get(path).field("status")).isEqualTo("ACTIVE");
        assertThat(events(AssetsOwner.id(path))).containsExactly("AssetUploaded", "AssetTrashed", "AssetUntrashed");
    }

    @Test
    default void while_nobody_owns_the_assets_commands_are_to_come_again_and_do_nothing() {
        String path = uploaded("fenced.png", Pictures.png(2030), "");
        String key = UUID.randomUUID().toString();
        var upload =
                UploadRequest.of("later.png", "image/png", Pictures.png(2031)).header("Idempotency-Key", key);
        disown();
        try {
            // For a moment an open fence is believed without asking; a command that changes nothing meets no other.
            await().until(() -> shop().post(path + "/untrash").status() == 503);
            for (var answer : List.of(
                    shop().upload(upload),
                    shop().post(path + "/trash"),
                    shop().post(path + "/untrash"),
                    shop().put(path + "/tags", "{\"tags\": [\"fenced\"]}"))) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isNotBlank();
                assertThat(answer.json().path("fenced").asBoolean()).isTrue();
            }
            assertThat(shop().get(path).field("status")).isEqualTo("ACTIVE");
            assertThat(shop().get(path + "/content").status()).isEqualTo(200);
        } finally {
            own();
        }

        assertThat(shop().upload(upload).status()).isEqualTo(201);
        assertThat(events(AssetsOwner.id(path))).containsExactly("AssetUploaded");
    }

    @Test
    default void lists_are_newest_first_in_pages() {
        for (int i = 0; i < 5; i++) {
            uploaded("page-%d.png".formatted(i), Pictures.png(2010 + i), "paged");
        }

        var first = shop().get("/api/assets?query=paged&size=2").json();
        assertThat(names(first)).containsExactly("page-4.png", "page-3.png");
        assertThat(first.path("total").asLong()).isEqualTo(5);
        assertThat(first.path("page").asInt()).isZero();
        assertThat(first.path("size").asInt()).isEqualTo(2);
        assertThat(names(shop().get("/api/assets?query=paged&size=2&page=2").json()))
                .containsExactly("page-0.png");
        assertThat(names(shop().get("/api/assets?query=PAGE-3").json())).containsExactly("page-3.png");
    }

    @Test
    default void a_query_means_its_characters_and_no_pattern() {
        uploaded("100%_sure.png", Pictures.png(2020), "");

        assertThat(total("query=100%25_s")).isEqualTo(1);
        assertThat(total("query=1%25sure")).isZero();
        assertThat(total("query=100%25%25")).isZero();
        assertThat(total("query=%5C")).isZero();
    }

    @Test
    default void bad_questions_get_clear_answers() {
        String path = uploaded("bad.png", Pictures.png(2021), "");

        assertThat(shop().get("/api/assets/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(shop().get("/api/assets/" + UUID.randomUUID() + "/thumbnail").status())
                .isEqualTo(404);
        assertThat(shop().get("/api/assets/42").status()).isEqualTo(400);
        assertThat(shop().get("/api/assets?status=PURGED").status()).isEqualTo(400);
        assertThat(shop().get("/api/assets?size=1000").status()).isEqualTo(400);
        assertThat(shop().get("/api/assets?page=-1").status()).isEqualTo(400);
        assertThat(shop().get("/api/assets?query=" + "q".repeat(201)).status()).isEqualTo(400);
        assertThat(shop().put(path + "/tags", "{\"tags\": null}").status()).isEqualTo(400);
        assertThat(shop().put(path + "/tags", "{\"tags\": [null]}").status()).isEqualTo(400);
        assertThat(shop().put(path + "/tags", "{\"tags\": [7]}").status()).isEqualTo(400);
        assertThat(shop().put(path + "/tags", "{\"tags\": [], \"more\": 1}").status())
                .isEqualTo(400);
        assertThat(shop().put(path + "/tags", "{\"tags\": [\"" + "t".repeat(61) + "\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(shop().put(path + "/tags", "{\"tags\": [\"a\\u0000b\"]}").status())
                .isEqualTo(400);
        assertThat(shop().post("/api/assets/" + UUID.randomUUID() + "/trash").status())
                .isEqualTo(404);
        assertThat(shop().get(path).json().path("version").asLong()).isEqualTo(1);
    }

    @Test
    default void the_state_view_tells_what_the_events_told() {
        String path = uploaded("view.png", Pictures.transparentPng(400, 8), "zeta, Alpha, \u00FCber");
        assertStateIsLastEvent(AssetsOwner.id(path));
        shop().put(path + "/tags", "{\"tags\": []}");
        assertStateIsLastEvent(AssetsOwner.id(path));
        shop().post(path + "/trash");
        assertStateIsLastEvent(AssetsOwner.id(path));
        shop().post(path + "/untrash");
        assertStateIsLastEvent(AssetsOwner.id(path));
    }

    private void assertStateIsLastEvent(String id) {
        var payloads = database()
                .sql("select payload from strangler.outbox where aggregateid = :id"
                        + " order by aggregateversion desc limit 1")
                .param("id", id)
                .query(String.class)
                .list();
        var state = database()
                .sql("select to_jsonb(payload)::text, version from strangler.assets_state where aggregate_id = :id")
                .param("id", id)
                .query((row, number) -> List.of(row.getString(1), row.getString(2)))
                .single();
        var event = JSON.readTree(payloads.get(0));
        assertThat(JSON.readTree(state.get(0))).isEqualTo(event);
        assertThat(state.get(1)).isEqualTo(event.path("version").asString());
    }

    private long total(String question) {
        return shop().get("/api/assets?" + question).json().path("total").asLong();
    }

    private static List<String> names(JsonNode list) {
        return list.path("items")
                .valueStream()
                .map(item -> item.path("fileName").asString())
                .toList();
    }
}
