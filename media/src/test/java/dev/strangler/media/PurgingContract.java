package dev.strangler.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.media.blobs.Sha256;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The end of assets and of their blobs. */
public interface PurgingContract extends AssetsOwner {

    /** Purges what is due, as the side does by itself from time to time; answers how many assets went. */
    int purge();

    /** Lets the side's time go on. */
    void advance(Duration by);

    @Test
    default void an_asset_is_purged_after_the_retention_time_and_not_before() {
        byte[] bytes = Pictures.png(3000);
        String path = uploaded("purged.png", bytes, "");
        String id = AssetsOwner.id(path);
        shop().post(path + "/trash");
        advance(Duration.ofDays(29));
        purge();
        assertThat(shop().get(path).status()).isEqualTo(200);

        advance(Duration.ofDays(2));
        assertThat(purge()).isPositive();

        assertThat(shop().get(path).status()).isEqualTo(404);
        assertThat(shop().get(path + "/content").status()).isEqualTo(404);
        assertThat(shop().get("/internal/blobs/" + Sha256.of(bytes)).status()).isEqualTo(404);
        assertThat(events(id)).containsExactly("AssetUploaded", "AssetTrashed", "AssetPurged");
        var last = lastState(id);
        assertThat(last.status()).isEqualTo(AssetStatus.PURGED);
        assertThat(last.version()).isEqualTo(3);
        assertThat(last.trashedAt()).isNotNull();
        assertThat(database()
                        .sql("select count(*) from strangler.assets_state where aggregate_id = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(purge()).isZero();
    }

    @Test
    default void a_side_that_may_not_write_purges_nothing() {
        String path = uploaded("kept.png", Pictures.png(3020), "");
        shop().post(path + "/trash");
        advance(Duration.ofDays(31));

        disown();
        try {
            assertThat(purge()).isZero();
            assertThat(shop().get(path).status()).isEqualTo(200);
        } finally {
            own();
        }
        assertThat(purge()).isPositive();
    }

    @Test
    default void an_asset_outside_the_trash_is_never_purged() {
        String path = uploaded("active.png", Pictures.png(3001), "");
        advance(Duration.ofDays(400));

        purge();

        assertThat(shop().get(path).status()).isEqualTo(200);
        assertThat(shop().get(path + "/content").status()).isEqualTo(200);
    }

    @Test
    default void an_asset_that_a_product_uses_stays_and_others_behind_it_go() {
        String used = uploaded("used.png", Pictures.png(3002), "");
        String unused = uploaded("unused.png", Pictures.png(3003), "");
        var product = UUID.randomUUID();
        database()
                .sql("insert into image_use (product_id, asset_id, since) values (?, ?, now() - interval '1 hour')")
                .params(product, UUID.fromString(AssetsOwner.id(used)))
                .update();
        shop().post(used + "/trash");
        advance(Duration.ofMinutes(1));
        shop().post(unused + "/trash");
        advance(Duration.ofDays(31));

        purge();

        assertThat(shop().get(used + "/content").status()).isEqualTo(200);
        assertThat(events(AssetsOwner.id(used))).containsExactly("AssetUploaded", "AssetTrashed");
        assertThat(shop().get(unused).status()).isEqualTo(404);

        database()
                .sql("delete from image_use where product_id = :id")
                .param("id", product)
                .update();
        purge();
        assertThat(shop().get(used).status()).isEqualTo(404);
    }

    @Test
    default void a_blob_stays_as_long_as_another_asset_needs_it() {
        byte[] bytes = Pictures.png(3004);
        String mine = uploaded("mine.png", bytes, "");
        var theirs = shop().upload(
                        UploadRequest.of("theirs.png", "image/png", bytes).header("X-Owner", "they"))
                .header("Location");
        shop().post(mine + "/trash");
        advance(Duration.ofDays(31));
        purge();

        assertThat(shop().get(mine).status()).isEqualTo(404);
        assertThat(shop().get(theirs + "/content").bytes()).isEqualTo(bytes);
        assertThat(shop().get(theirs + "/thumbnail").status()).isEqualTo(200);

        shop().post(theirs + "/trash");
        advance(Duration.ofDays(31));
        purge();
        assertThat(shop().get("/internal/blobs/" + Sha256.of(bytes)).status()).isEqualTo(404);
    }

    @Test
    default void a_purged_file_can_be_uploaded_anew() {
        byte[] bytes = Pictures.png(3005);
        String first = uploaded("anew.png", bytes, "");
        shop().post(first + "/trash");
        advance(Duration.ofDays(31));
        purge();

        String second = uploaded("anew.png", bytes, "");

        assertThat(second).isNotEqualTo(first);
        assertThat(shop().get(second + "/content").bytes()).isEqualTo(bytes);
    }

    private AssetState lastState(String id) {
        return ContractEvents.read(
                database()
                        .sql("select payload from strangler.outbox where aggregateid = :id"
                                + " order by aggregateversion desc limit 1")
                        .param("id", id)
                        .query(String.class)
                        .single(),
                AssetState.class);
    }
}
