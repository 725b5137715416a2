package dev.strangler.monolith.assets.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.media.Picture;
import dev.strangler.media.Pictures;
import dev.strangler.media.Shop;
import dev.strangler.media.UploadRequest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.annotation.DirtiesContext;

/** The monolith while the service owns the assets: it follows, and it publishes nothing. */
@DirtiesContext
@Timeout(180)
class AssetIntakeIT extends RunningIntake {

    @BeforeEach
    void away() {
        handOver();
    }

    @AfterEach
    void back() {
        takeBack();
    }

    @Test
    void an_asset_of_the_service_appears_with_its_blobs_and_nothing_is_published() {
        var lamp = Picture.at(SERVICE, "lamp.png", "home", "lamp");

        hear(lamp, lamp.tagged("desk"));

        awaitShown(lamp.tagged("desk"));
        String path = "/api/assets/" + lamp.id();
        assertThat(shop().get(path + "/content").bytes()).isEqualTo(lamp.content());
        assertThat(shop().get(path + "/thumbnail").bytes()).isEqualTo(lamp.thumbnail());
        assertThat(told(lamp.tagged("desk"))).isTrue();
        assertThat(count("select count(*) from strangler.outbox where aggregateid = ?", lamp.id()))
                .isZero();
    }

    @Test
    void each_change_is_followed_to_the_end() {
        var lamp = Picture.at(SERVICE, "follow.png", "a", "b");
        var trashed = lamp.trashed();
        hear(lamp, trashed);
        awaitShown(trashed);
        assertThat(told(trashed)).isTrue();
        hear(trashed.untrashed(), trashed.untrashed().tagged());
        awaitShown(trashed.untrashed().tagged());
        assertThat(told(trashed.untrashed().tagged())).isTrue();

        var purged = trashed.untrashed().tagged().trashed().purged();
        hear(purged);

        awaitApplied(purged);
        assertThat(shop().get("/api/assets/" + lamp.id()).status()).isEqualTo(404);
        assertThat(count("select count(*) from asset_tag where asset_id = cast(? as uuid)", lamp.id()))
                .isZero();
        hear(lamp, trashed);
        var last = Picture.at(SERVICE, "last.png");
        hear(last);
        awaitShown(last);
        assertThat(shop().get("/api/assets/" + lamp.id()).status()).isEqualTo(404);
    }

    @Test
    void what_was_here_before_goes_on_at_the_service_and_comes_back() {
        takeBack();
        var uploaded = shop().upload(UploadRequest.of("moves.png", "image/png", Pictures.png(7000)));
        var id = UUID.fromString(uploaded.field("id"));
        handOver();
        var own = stateOf(id);
        var tagged = own.tagged("by", "service");

        hear(tagged);
        awaitShown(tagged);
        takeBack();
        var trashed = shop().post("/api/assets/" + id + "/trash");

        assertThat(trashed.status()).isEqualTo(200);
        assertThat(trashed.json().path("version").asLong()).isEqualTo(3);
        assertThat(trashed.json().path("tags").toString()).isEqualTo("[\"by\",\"service\"]");
    }

    @Test
    void a_source_that_is_down_is_waited_for() {
        SERVICE.goDown();
        var lamp = Picture.at(SERVICE, "waited.png");
        hear(lamp);
        SERVICE.comeUp();

        awaitShown(lamp);
        assertThat(parked(lamp)).isZero();
    }

    @Test
    void an_asset_whose_blobs_are_gone_holds_nobody_up_and_its_purge_explains_it() {
        var gone = Picture.elsewhere("gone.png");
        var other = Picture.at(SERVICE, "other.png");
        hear(gone);
        hear(other);
        awaitShown(other);
        await().atMost(LIMIT).until(() -> parked(gone) > 0);

        var purged = gone.trashed().purged();
        hear(gone.trashed(), purged);

        awaitApplied(purged);
        assertThat(parked(gone)).isZero();
        assertThat(shop().get("/api/assets/" + gone.id()).status()).isEqualTo(404);
    }

    @Test
    void a_new_asset_may_be_heard_of_before_the_purge_of_the_one_of_the_same_bytes() {
        var first = Picture.at(SERVICE, "first.png").trashed();
        hear(first);
        awaitShown(first);
        var second = first.anew();

        hear(second);
        awaitShown(second);
        hear(first.purged());

        awaitApplied(first.purged());
        assertThat(shop().get("/api/assets/" + second.id() + "/content").bytes())
                .isEqualTo(first.content());
    }

    @Test
    void commands_are_sent_on_to_the_owner() {
        var lamp = Picture.at(SERVICE, "command.png");
        hear(lamp);
        awaitShown(lamp);

        var answer = shop().post("/api/assets/" + lamp.id() + "/trash");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(421);
        assertThat(answer.header("X-Strangler-Owner")).isEqualTo("service");
        assertThat(answer.json().path("fenced").asBoolean()).isTrue();
        assertThat(shop().get("/api/assets/" + lamp.id()).field("status")).isEqualTo("ACTIVE");
    }

    private Shop shop() {
        return new Shop(browser().port());
    }

    private static void hear(Picture... pictures) {
        for (var picture : pictures) {
            var type = picture.state().status() == AssetStatus.PURGED
                    ? AssetEvents.PURGED
                    : picture.version() == 1 ? AssetEvents.UPLOADED : AssetEvents.TAGGED;
            send(
                    AssetEvents.TOPIC,
                    "dam",
                    AssetEvents.AGGREGATE,
                    picture.id().toString(),
                    picture.version(),
                    type,
                    json(picture.state()));
        }
    }

    private Picture stateOf(UUID id) {
        var payload = database.sql("select to_jsonb(payload) from strangler.assets_state where aggregate_id = ?")
                .param(id.toString())
                .query(String.class)
                .single();
        return Picture.told(payload);
    }

    private void awaitShown(Picture picture) {
        await().atMost(LIMIT).untilAsserted(() -> {
            var answer = shop().get("/api/assets/" + picture.id());
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().path("version").asLong()).isEqualTo(picture.version());
        });
    }

    private void awaitApplied(Picture picture) {
        awaitTrue("select strangler.applied('Asset', ?, ?)", picture.id().toString(), picture.version());
    }

    /** Whether the state view tells of this side's asset what the event told. */
    private boolean told(Picture picture) {
        return database.sql(
                        "select to_jsonb(payload) = cast(? as jsonb) from strangler.assets_state where aggregate_id = ?")
                .params(json(picture.state()), picture.id().toString())
                .query(Boolean.class)
                .single();
    }

    private long parked(Picture picture) {
        return count("select count(*) from strangler.inbox_parked where aggregateid = ?", picture.id());
    }

    private long count(String sql, UUID id) {
        return database.sql(sql).param(id.toString()).query(Long.class).single();
    }
}
