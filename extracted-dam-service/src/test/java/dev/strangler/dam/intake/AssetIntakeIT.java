package dev.strangler.dam.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.dam.RunningDam;
import dev.strangler.media.Picture;
import dev.strangler.media.SourceOfBlobs.Mood;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of events: rows, blobs, parked keys, and waiting. */
class AssetIntakeIT extends RunningDam {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @AfterEach
    void the_source_behaves_again() {
        SOURCE.comeUp();
        SOURCE.behave(Mood.FINE);
    }

    @Test
    void the_newest_version_is_shown_whatever_comes_again() {
        var lamp = Picture.at(SOURCE, "lamp.png", "one");
        var tagged = lamp.tagged("one", "two");
        hear(lamp, tagged, lamp, tagged, lamp);
        var last = Picture.at(SOURCE, "last.png");
        hear(last);
        awaitShown(tagged, last);

        assertThat(json(get("/api/assets/" + lamp.id())).get("tags")).hasSize(2);
    }

    @Test
    void a_blob_that_is_there_already_is_not_copied_again() {
        var lamp = Picture.at(SOURCE, "lamp.png");
        hear(lamp);
        awaitShown(lamp);
        hear(lamp.tagged("again"));
        awaitShown(lamp.tagged("again"));

        assertThat(SOURCE.timesAsked(lamp.state().sha256())).isEqualTo(1);
        assertThat(SOURCE.timesAsked(lamp.state().thumbnail().sha256())).isEqualTo(1);
    }

    @Test
    void a_purged_asset_is_gone_with_its_blobs_and_no_replay_brings_it_back() {
        var lamp = Picture.at(SOURCE, "lamp.png");
        var trashed = lamp.trashed();
        hear(lamp, trashed);
        awaitShown(trashed);
        assertThat(blob(lamp.state().sha256())).exists();

        var purged = trashed.purged();
        hear(purged);
        awaitApplied(purged);
        hear(lamp, trashed);
        var last = Picture.at(SOURCE, "last.png");
        hear(last);
        awaitShown(last);

        assertThat(get("/api/assets/" + lamp.id()).statusCode()).isEqualTo(404);
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(blob(lamp.state().sha256())).doesNotExist();
            assertThat(blob(lamp.state().thumbnail().sha256())).doesNotExist();
        });
    }

    @Test
    void a_blob_that_another_asset_shares_outlives_a_purge() {
        var lamp = Picture.at(SOURCE, "lamp.png");
        var twin = new Picture(twin(lamp), lamp.content(), lamp.thumbnail());
        hear(lamp, twin);
        awaitShown(lamp, twin);
        hear(lamp.trashed().purged());
        awaitApplied(lamp.trashed().purged());
        var alone = Picture.at(SOURCE, "alone.png");
        hear(alone);
        awaitShown(alone);
        hear(alone.trashed().purged());

        // Once the lonely blob was swept, a sweep has passed the shared one too.
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(blob(alone.state().sha256())).doesNotExist());
        assertThat(get("/api/assets/" + twin.id() + "/content").body())
                .isEqualTo(new String(lamp.content(), StandardCharsets.UTF_8));
    }

    @Test
    void a_source_that_is_down_is_waited_for() {
        SOURCE.goDown();
        var lamp = Picture.at(SOURCE, "lamp.png");
        hear(lamp);
        awaitWaiting();
        SOURCE.comeUp();

        awaitShown(lamp);
        assertNothingParked(lamp);
    }

    @Test
    void a_source_that_fails_or_stalls_is_waited_for() {
        SOURCE.behave(Mood.FAILING);
        var lamp = Picture.at(SOURCE, "lamp.png");
        hear(lamp);
        awaitAsked(lamp, 2);
        SOURCE.behave(Mood.STALLING);
        int before = SOURCE.timesAsked(lamp.state().sha256());
        awaitAsked(lamp, before + 2);
        assertThat(get("/api/assets/" + lamp.id()).statusCode()).isEqualTo(404);
        SOURCE.behave(Mood.FINE);

        awaitShown(lamp);
        assertNothingParked(lamp);
    }

    @Test
    void a_blob_of_other_bytes_parks_its_asset_only() {
        var lamp = Picture.at(SOURCE, "lamp.png");
        SOURCE.putAs(lamp.state().sha256(), "other bytes".getBytes(StandardCharsets.UTF_8));
        var others = new ArrayList<Picture>();
        for (int i = 0; i < 12; i++) {
            others.add(Picture.at(SOURCE, "other" + i + ".png"));
        }
        hear(lamp, lamp.tagged("later"));
        hear(others.toArray(Picture[]::new));

        awaitShown(others.toArray(Picture[]::new));
        awaitParked(lamp);
        assertThat(get("/api/assets/" + lamp.id()).statusCode()).isEqualTo(404);
        assertThat(cause(lamp)).contains(lamp.id().toString()).contains("of digest");
        assertThat(blob(lamp.state().sha256())).doesNotExist();

        SOURCE.put(lamp.content());
        retry(lamp);
        awaitShown(lamp.tagged("later"));
    }

    @Test
    void an_asset_with_a_missing_blob_is_parked_until_its_purge_explains_it() {
        var lamp = Picture.elsewhere("lamp.png");
        hear(lamp);
        awaitParked(lamp);
        assertThat(cause(lamp)).contains("does not have blob");

        var purged = lamp.trashed().purged();
        hear(lamp.trashed(), purged);

        awaitApplied(purged);
        assertNothingParked(lamp);
        assertThat(get("/api/assets/" + lamp.id()).statusCode()).isEqualTo(404);
    }

    @Test
    void an_event_that_contradicts_itself_is_parked() {
        var lamp = Picture.at(SOURCE, "lamp.png");
        hear(lamp.id().toString(), 7, AssetEvents.TAGGED, ContractEvents.write(lamp.state()));
        awaitParked(lamp);
        assertThat(cause(lamp)).contains("version 1").contains("version 7");
        var broken = Picture.at(SOURCE, "broken.png");
        hear(broken.id().toString(), 1, AssetEvents.UPLOADED, "{\"id\":");
        awaitParked(broken);
    }

    @Test
    void no_more_blobs_are_copied_at_once_than_allowed() {
        SOURCE.behave(Mood.LEISURELY);
        var pictures = new ArrayList<Picture>();
        for (int i = 0; i < 20; i++) {
            pictures.add(Picture.at(SOURCE, "many" + i + ".png"));
        }
        hear(pictures.toArray(Picture[]::new));
        awaitShown(pictures.toArray(Picture[]::new));

        assertThat(SOURCE.busiest()).isBetween(2, 4);
    }

    private void retry(Picture picture) {
        assertThat(database.sql("select strangler.parked_retry('dam-assets', 'Asset', ?)")
                        .param(picture.id().toString())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private String cause(Picture picture) {
        return database.sql(
                        "select cause from strangler.inbox_parked where aggregateid = ? order by \"offset\" limit 1")
                .param(picture.id().toString())
                .query(String.class)
                .single();
    }

    private void assertNothingParked(Picture picture) {
        assertThat(database.sql("select count(*) from strangler.inbox_parked where aggregateid = ?")
                        .param(picture.id().toString())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** The inbox has noticed that it must wait: something else on the same topic does not get through at once. */
    private void awaitWaiting() {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(get("/actuator/health").body()).contains("source of the blobs"));
    }

    private static void awaitAsked(Picture picture, int times) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(SOURCE.timesAsked(picture.state().sha256())).isGreaterThanOrEqualTo(times));
    }

    private static AssetState twin(Picture picture) {
        var other = Picture.at(SOURCE, "twin.png").state();
        var state = picture.state();
        return new AssetState(
                UUID.randomUUID(),
                "another shop",
                state.fileName(),
                state.contentType(),
                state.size(),
                state.sha256(),
                state.width(),
                state.height(),
                state.tags(),
                state.status(),
                1,
                other.uploadedAt(),
                null,
                state.thumbnail());
    }
}
