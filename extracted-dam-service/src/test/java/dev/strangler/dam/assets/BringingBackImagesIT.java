package dev.strangler.dam.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductImage;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.dam.OwningDam;
import dev.strangler.media.AssetsOwner;
import dev.strangler.media.Pictures;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Images in the trash that products use, over a real broker, while this side owns the assets and while it does not. */
class BringingBackImagesIT extends OwningDam {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Autowired
    private BringingBackImages bringingBack;

    @Test
    void an_image_in_the_trash_that_a_product_begins_to_use_is_taken_out() {
        String path = trashed(5000);
        String bystander = trashed(5001);

        hearOfProduct(UUID.randomUUID(), 1, path);

        await().atMost(LIMIT).until(() -> status(path).equals("ACTIVE"));
        assertThat(events(AssetsOwner.id(path))).containsExactly("AssetUploaded", "AssetTrashed", "AssetUntrashed");
        assertThat(status(bystander)).isEqualTo("TRASHED");
    }

    @Test
    void an_image_that_is_put_into_the_trash_while_it_is_used_stays_there() {
        String path = uploaded("used.png", Pictures.png(5002), "");
        var product = UUID.randomUUID();
        hearOfProduct(product, 1, path);
        awaitUse(path);
        clock.advance(Duration.ofMinutes(1));
        shop().post(path + "/trash");

        clock.advance(Duration.ofMinutes(1));
        hearOfProduct(product, 2, path);
        String later = trashed(5003);
        // Behind the other event in the one partition: once this image is back, the other event was looked at.
        hearOfProduct(UUID.randomUUID(), 1, later);

        await().atMost(LIMIT).until(() -> status(later).equals("ACTIVE"));
        assertThat(status(path)).isEqualTo("TRASHED");
    }

    @Test
    void an_image_that_is_used_anew_is_taken_out() {
        String path = uploaded("anew.png", Pictures.png(5004), "");
        var product = UUID.randomUUID();
        hearOfProduct(product, 1, path);
        awaitUse(path);
        clock.advance(Duration.ofMinutes(1));
        shop().post(path + "/trash");

        hearOfProduct(product, 2);
        clock.advance(Duration.ofMinutes(1));
        hearOfProduct(product, 3, path);

        await().atMost(LIMIT).until(() -> status(path).equals("ACTIVE"));
    }

    @Test
    void
            a_product_whose_beginnings_were_not_heard_does_not_bring_back_what_may_have_been_put_into_the_trash_while_it_was_used() {
        String path = uploaded("compacted.png", Pictures.png(5006), "");
        var created = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        shop().post(path + "/trash");
        clock.advance(Duration.ofMinutes(1));

        hearOfProduct(UUID.randomUUID(), 5, created, path);
        String later = trashed(5007);
        hearOfProduct(UUID.randomUUID(), 1, later);

        await().atMost(LIMIT).until(() -> status(later).equals("ACTIVE"));
        assertThat(status(path)).isEqualTo("TRASHED");
    }

    @Test
    void an_image_in_the_trash_that_is_attached_to_a_product_that_was_heard_of_is_taken_out() {
        var product = UUID.randomUUID();
        var created = clock.instant();
        hearOfProduct(product, 1, created);
        clock.advance(Duration.ofMinutes(1));
        String path = trashed(5008);
        clock.advance(Duration.ofMinutes(1));

        hearOfProduct(product, 2, created, path);

        await().atMost(LIMIT).until(() -> status(path).equals("ACTIVE"));
    }

    @Test
    void a_side_that_may_not_write_hears_of_it_and_makes_up_for_it_when_it_may() {
        String path = trashed(5005);
        disown();
        try {
            hearOfProduct(UUID.randomUUID(), 1, path);
            awaitUse(path);
            bringingBack.bringBackAll();
            assertThat(status(path)).isEqualTo("TRASHED");
        } finally {
            own();
        }

        await().atMost(LIMIT).until(() -> status(path).equals("ACTIVE"));
    }

    private String trashed(long seed) {
        String path = uploaded("image.png", Pictures.png(seed), "");
        shop().post(path + "/trash");
        return path;
    }

    /** Tells of a product that shows these images from now on. */
    private void hearOfProduct(UUID product, long version, String... paths) {
        hearOfProduct(product, version, clock.instant(), paths);
    }

    private void hearOfProduct(UUID product, long version, Instant created, String... paths) {
        var images = new ArrayList<ProductImage>();
        for (var path : paths) {
            images.add(new ProductImage(UUID.fromString(AssetsOwner.id(path)), images.size()));
        }
        var state = new ProductState(
                product,
                "SKU-" + product,
                "Lamp",
                "",
                new Money(new BigDecimal("1.50"), "EUR"),
                List.of(),
                images,
                version,
                created,
                clock.instant());
        tell(product, version, ContractEvents.write(state));
    }

    private void awaitUse(String path) {
        await().atMost(LIMIT)
                .until(() -> database()
                        .sql("select exists (select from image_use where asset_id = ?)")
                        .param(UUID.fromString(AssetsOwner.id(path)))
                        .query(Boolean.class)
                        .single());
    }

    private String status(String path) {
        return shop().get(path).field("status");
    }
}
