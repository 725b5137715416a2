package dev.strangler.monolith.assets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.monolith.assets.blobs.Blobs;
import dev.strangler.monolith.assets.blobs.Sha256;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The end of assets and of their blobs. */
class PurgingAssetsIT extends RunningShop {

    @Autowired
    private PurgingAssets purging;

    @Autowired
    private SweepingBlobs sweeping;

    @Autowired
    private ReceivingPictures receiving;

    @Autowired
    private UploadingAssets uploading;

    @Autowired
    private Blobs blobs;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void an_asset_is_purged_after_the_retention_time_and_not_before() {
        byte[] bytes = Pictures.png(3000);
        String path = uploaded("purged.png", bytes, "");
        String id = id(path);
        shop.post(path + "/trash");
        clock.advance(Duration.ofDays(29));
        purging.purge();
        assertThat(shop.get(path).status()).isEqualTo(200);

        clock.advance(Duration.ofDays(2));
        assertThat(purging.purge()).isPositive();

        assertThat(shop.get(path).status()).isEqualTo(404);
        assertThat(shop.get(path + "/content").status()).isEqualTo(404);
        assertThat(shop.get("/internal/blobs/" + Sha256.of(bytes)).status()).isEqualTo(404);
        assertThat(events(id)).containsExactly("AssetUploaded", "AssetTrashed", "AssetPurged");
        var last = lastState(id);
        assertThat(last.status()).isEqualTo(AssetStatus.PURGED);
        assertThat(last.version()).isEqualTo(3);
        assertThat(last.trashedAt()).isNotNull();
        assertThat(database.sql("select count(*) from strangler.assets_state where aggregate_id = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(purging.purge()).isZero();
    }

    @Test
    void an_asset_outside_the_trash_is_never_purged() {
        String path = uploaded("active.png", Pictures.png(3001), "");
        clock.advance(Duration.ofDays(400));

        purging.purge();

        assertThat(shop.get(path).status()).isEqualTo(200);
        assertThat(shop.get(path + "/content").status()).isEqualTo(200);
    }

    @Test
    void an_asset_that_a_product_uses_stays_and_others_behind_it_go() {
        String used = uploaded("used.png", Pictures.png(3002), "");
        String unused = uploaded("unused.png", Pictures.png(3003), "");
        var product = productWith(id(used));
        shop.post(used + "/trash");
        clock.advance(Duration.ofMinutes(1));
        shop.post(unused + "/trash");
        clock.advance(Duration.ofDays(31));

        purging.purge();

        assertThat(shop.get(used + "/content").status()).isEqualTo(200);
        assertThat(events(id(used))).containsExactly("AssetUploaded", "AssetTrashed");
        assertThat(shop.get(unused).status()).isEqualTo(404);

        database.sql("delete from product_image where product_id = :id")
                .param("id", product)
                .update();
        purging.purge();
        assertThat(shop.get(used).status()).isEqualTo(404);
    }

    @Test
    void a_blob_stays_as_long_as_another_asset_needs_it() {
        byte[] bytes = Pictures.png(3004);
        String mine = uploaded("mine.png", bytes, "");
        var theirs = shop.upload(
                        UploadRequest.of("theirs.png", "image/png", bytes).header("X-Owner", "they"))
                .header("Location");
        shop.post(mine + "/trash");
        clock.advance(Duration.ofDays(31));
        purging.purge();

        assertThat(shop.get(mine).status()).isEqualTo(404);
        assertThat(shop.get(theirs + "/content").bytes()).isEqualTo(bytes);
        assertThat(shop.get(theirs + "/thumbnail").status()).isEqualTo(200);

        shop.post(theirs + "/trash");
        clock.advance(Duration.ofDays(31));
        purging.purge();
        assertThat(blobs.find(Sha256.of(bytes))).isEmpty();
    }

    @Test
    void a_purged_file_can_be_uploaded_anew() {
        byte[] bytes = Pictures.png(3005);
        String first = uploaded("anew.png", bytes, "");
        shop.post(first + "/trash");
        clock.advance(Duration.ofDays(31));
        purging.purge();

        String second = uploaded("anew.png", bytes, "");

        assertThat(second).isNotEqualTo(first);
        assertThat(shop.get(second + "/content").bytes()).isEqualTo(bytes);
    }

    @Test
    void blobs_of_rolled_back_uploads_are_swept_after_the_grace_time() throws Exception {
        byte[] bytes = Pictures.png(3006);
        try (var picture =
                receiving.receive(Owner.SHOP, FileName.of("o.png"), "image/png", new ByteArrayInputStream(bytes))) {
            uploading.keep(picture);
        }
        byte[] needed = Pictures.png(3007);
        String kept = uploaded("needed.png", needed, "");

        sweeping.sweep();
        assertThat(blobs.find(Sha256.of(bytes))).isPresent();

        clock.advance(Duration.ofHours(2));
        sweeping.sweep();
        assertThat(blobs.find(Sha256.of(bytes))).isEmpty();
        assertThat(shop.get(kept + "/content").bytes()).isEqualTo(needed);
        assertThat(shop.get(kept + "/thumbnail").status()).isEqualTo(200);
    }

    @Test
    void a_blob_swept_between_check_and_commit_is_kept_again() throws Exception {
        byte[] bytes = Pictures.png(3008);
        try (var picture =
                receiving.receive(Owner.SHOP, FileName.of("race.png"), "image/png", new ByteArrayInputStream(bytes))) {
            uploading.keep(picture);
            clock.advance(Duration.ofHours(2));
            assertThat(sweeping.sweep(Sha256.of(bytes))).isTrue();

            var asset = new TransactionTemplate(transactions)
                    .execute(status -> uploading
                            .upload(picture, Tags.of(List.of()))
                            .asset()
                            .id());

            assertThat(shop.get("/api/assets/" + asset + "/content").bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void a_sweeper_waits_for_an_upload_that_begins_to_need_the_blob() throws Exception {
        byte[] bytes = Pictures.png(3009);
        var digest = Sha256.of(bytes);
        try (var picture =
                receiving.receive(Owner.SHOP, FileName.of("wait.png"), "image/png", new ByteArrayInputStream(bytes))) {
            uploading.keep(picture);
            clock.advance(Duration.ofHours(2));
            var sweeper = new Thread(() -> sweeping.sweep(digest));
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                uploading.upload(picture, Tags.of(List.of()));
                sweeper.start();
            });
            sweeper.join(20_000);
        }
        assertThat(shop.get("/internal/blobs/" + digest).bytes()).isEqualTo(bytes);
    }

    private UUID productWith(String asset) {
        var id = UUID.randomUUID();
        database.sql("""
                        insert into product (id, sku, name, description, amount, currency, version, created_at, changed_at)
                        values (:id, :sku, 'Lamp', '', 1, 'EUR', 1, now(), now())""").param("id", id).param("sku", "SKU-" + id).update();
        database.sql("insert into product_image (product_id, position, asset_id) values (:id, 0, :asset)")
                .param("id", id)
                .param("asset", UUID.fromString(asset))
                .update();
        return id;
    }

    private AssetState lastState(String id) {
        return ContractEvents.read(
                database.sql("select payload from strangler.outbox where aggregateid = :id"
                                + " order by aggregateversion desc limit 1")
                        .param("id", id)
                        .query(String.class)
                        .single(),
                AssetState.class);
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
