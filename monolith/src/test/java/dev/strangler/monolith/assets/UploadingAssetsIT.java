package dev.strangler.monolith.assets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.media.Pictures;
import dev.strangler.media.UploadRequest;
import dev.strangler.media.UploadingContract;
import dev.strangler.media.uploads.FileName;
import dev.strangler.media.uploads.Owner;
import dev.strangler.media.uploads.ReceivingPictures;
import dev.strangler.media.uploads.Tags;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class UploadingAssetsIT extends RunningShop implements UploadingContract {

    @Autowired
    private ReceivingPictures receiving;

    @Autowired
    private UploadingAssets uploading;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void a_rolled_back_upload_leaves_no_row_and_publishes_nothing() throws Exception {
        byte[] bytes = Pictures.png(6);
        long before = allEvents();
        try (var picture =
                receiving.receive(Owner.SHOP, FileName.of("r.png"), "image/png", new ByteArrayInputStream(bytes))) {
            receiving.keep(picture);
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                uploading.upload(picture, Tags.of(List.of("rolled")));
                status.setRollbackOnly();
            });
        }

        assertThat(allEvents()).isEqualTo(before);
        assertThat(shop().get("/api/assets?query=rolled").json().path("total").asLong())
                .isZero();
        assertThat(shop().upload(UploadRequest.of("r.png", "image/png", bytes)).status())
                .isEqualTo(201);
    }
}
