package dev.strangler.monolith.assets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.media.AssetsOwner;
import dev.strangler.media.Pictures;
import dev.strangler.media.PurgingContract;
import dev.strangler.media.blobs.Blobs;
import dev.strangler.media.blobs.Sha256;
import dev.strangler.media.blobs.SweepingBlobs;
import dev.strangler.media.uploads.FileName;
import dev.strangler.media.uploads.Owner;
import dev.strangler.media.uploads.ReceivingPictures;
import dev.strangler.media.uploads.Tags;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The end of assets and of their blobs. */
class PurgingAssetsIT extends RunningShop implements PurgingContract {

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

    @Override
    public int purge() {
        return purging.purge();
    }

    @Override
    public void advance(Duration by) {
        clock.advance(by);
    }

    @Test
    void an_asset_to_which_a_foreign_key_points_stays_and_others_behind_it_go() {
        String used = uploaded("used.png", Pictures.png(3002), "");
        String unused = uploaded("unused.png", Pictures.png(3003), "");
        var product = productWith(AssetsOwner.id(used));
        shop().post(used + "/trash");
        clock.advance(Duration.ofMinutes(1));
        shop().post(unused + "/trash");
        clock.advance(Duration.ofDays(31));

        purging.purge();

        assertThat(shop().get(used + "/content").status()).isEqualTo(200);
        assertThat(events(AssetsOwner.id(used))).containsExactly("AssetUploaded", "AssetTrashed");
        assertThat(shop().get(unused).status()).isEqualTo(404);

        database.sql("delete from product_image where product_id = :id")
                .param("id", product)
                .update();
        purging.purge();
        assertThat(shop().get(used).status()).isEqualTo(404);
    }

    @Test
    void blobs_of_rolled_back_uploads_are_swept_after_the_grace_time() throws Exception {
        byte[] bytes = Pictures.png(3006);
        try (var picture =
                receiving.receive(Owner.SHOP, FileName.of("o.png"), "image/png", new ByteArrayInputStream(bytes))) {
            receiving.keep(picture);
        }
        byte[] needed = Pictures.png(3007);
        String kept = uploaded("needed.png", needed, "");

        sweeping.sweep();
        assertThat(blobs.find(Sha256.of(bytes))).isPresent();

        clock.advance(Duration.ofHours(2));
        sweeping.sweep();
        assertThat(blobs.find(Sha256.of(bytes))).isEmpty();
        assertThat(shop().get(kept + "/content").bytes()).isEqualTo(needed);
        assertThat(shop().get(kept + "/thumbnail").status()).isEqualTo(200);
    }

    @Test
    void a_blob_swept_between_check_and_commit_is_kept_again() throws Exception {
        byte[] bytes = Pictures.png(3008);
        try (var picture =
                receiving.receive(Owner.SHOP, FileName.of("race.png"), "image/png", new ByteArrayInputStream(bytes))) {
            receiving.keep(picture);
            clock.advance(Duration.ofHours(2));
            assertThat(sweeping.sweep(Sha256.of(bytes))).isTrue();

            var asset = new TransactionTemplate(transactions)
                    .execute(status -> uploading
                            .upload(picture, Tags.of(List.of()))
                            .asset()
                            .id());

            assertThat(shop().get("/api/assets/" + asset + "/content").bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void a_sweeper_waits_for_an_upload_that_begins_to_need_the_blob() throws Exception {
        byte[] bytes = Pictures.png(3009);
        var digest = Sha256.of(bytes);
        try (var picture =
                receiving.receive(Owner.SHOP, FileName.of("wait.png"), "image/png", new ByteArrayInputStream(bytes))) {
            receiving.keep(picture);
            clock.advance(Duration.ofHours(2));
            var sweeper = new Thread(() -> sweeping.sweep(digest));
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                uploading.upload(picture, Tags.of(List.of()));
                sweeper.start();
            });
            sweeper.join(20_000);
        }
        assertThat(shop().get("/internal/blobs/" + digest).bytes()).isEqualTo(bytes);
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
}
