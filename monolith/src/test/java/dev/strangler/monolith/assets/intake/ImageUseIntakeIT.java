package dev.strangler.monolith.assets.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.contracts.products.ProductEvents;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.annotation.DirtiesContext;

/** The monolith hears of products over a real Kafka, while it owns the assets and while it does not. */
@DirtiesContext
@Timeout(180)
class ImageUseIntakeIT extends RunningIntake {

    @Test
    void an_image_in_the_trash_that_a_new_product_uses_is_taken_out() {
        var trashed = trashed("lamp.png");
        var bystander = trashed("other.png");

        relay(product(trashed));

        await().atMost(LIMIT).until(() -> status(trashed).equals("ACTIVE"));
        assertThat(status(bystander)).isEqualTo("TRASHED");
        assertThat(events(trashed)).containsExactly("AssetTrashed:2", "AssetUntrashed:3");
        assertThat(events(bystander)).containsExactly("AssetTrashed:2");
    }

    @Test
    void what_is_told_twice_takes_it_out_once() {
        var trashed = trashed("twice.png");
        var product = product(trashed);
        relay(product);
        await().atMost(LIMIT).until(() -> status(trashed).equals("ACTIVE"));
        browser().post("/api/assets/" + trashed + "/trash", "").is(200);
        var later = trashed("later.png");

        relay(product);
        // Behind the duplicate in the one partition: once this one is applied, the duplicate was read.
        relay(product(later));

        await().atMost(LIMIT).until(() -> status(later).equals("ACTIVE"));
        assertThat(status(trashed)).isEqualTo("TRASHED");
        assertThat(events(trashed)).containsExactly("AssetTrashed:2", "AssetUntrashed:3", "AssetTrashed:4");
    }

    @Test
    void a_change_of_a_product_does_not_bring_back_what_was_put_into_the_trash_while_it_was_used() {
        var image = asset("used.png", "ACTIVE", List.of());
        var product = product(image);
        relay(product);
        awaitTrue("select exists (select from image_use where asset_id = ?)", image);
        browser().post("/api/assets/" + image + "/trash", "").is(200);
        changePrice(image);
        var later = trashed("later.png");

        relay(product);
        relay(product(later));

        await().atMost(LIMIT).until(() -> status(later).equals("ACTIVE"));
        assertThat(status(image)).isEqualTo("TRASHED");
    }

    @Test
    void
            a_product_whose_beginnings_were_not_heard_does_not_bring_back_what_may_have_been_put_into_the_trash_while_it_was_used() {
        var image = asset("compacted.png", "ACTIVE", List.of());
        var product = product(image);
        browser().post("/api/assets/" + image + "/trash", "").is(200);
        changePrice(image);
        var later = trashed("later.png");

        relay(product);
        relay(product(later));

        await().atMost(LIMIT).until(() -> status(later).equals("ACTIVE"));
        assertThat(status(image)).isEqualTo("TRASHED");
    }

    @Test
    void an_image_in_the_trash_that_is_attached_to_a_product_that_was_heard_of_is_taken_out() {
        var first = asset("first.png", "ACTIVE", List.of());
        var product = product(first);
        relay(product);
        var attached = trashed("attached.png");
        browser()
                .post("/api/products/S-" + first + "/images", "{\"assetId\": \"" + attached + "\"}")
                .is(200);

        relay(product);

        await().atMost(LIMIT).until(() -> status(attached).equals("ACTIVE"));
    }

    @Test
    void images_that_are_not_there_are_passed_over() {
        var trashed = trashed("real.png");
        var product = product(trashed);
        var other = UUID.randomUUID().toString();

        tell(
                other,
                1,
                payload(product)
                        .replace(product, other)
                        .replace(trashed.toString(), UUID.randomUUID().toString()));
        relay(product);

        await().atMost(LIMIT).until(() -> status(trashed).equals("ACTIVE"));
        assertThat(database.sql("select count(*) from strangler.inbox_parked where aggregateid = ?")
                        .param(other)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void what_was_heard_while_the_service_owned_the_assets_is_made_up_for() {
        var trashed = trashed("away.png");
        var product = product(trashed);
        handOver();
        try {
            relay(product);
            awaitTrue("select exists (select from image_use where asset_id = ?)", trashed);
            assertThat(status(trashed)).isEqualTo("TRASHED");
        } finally {
            takeBack();
        }

        await().atMost(LIMIT).until(() -> status(trashed).equals("ACTIVE"));
    }

    private UUID trashed(String fileName) {
        var id = asset(fileName, "ACTIVE", List.of());
        browser().post("/api/assets/" + id + "/trash", "").is(200);
        return id;
    }

    private void changePrice(UUID image) {
        browser()
                .put("/api/products/S-" + image + "/price", "{\"amount\": 2, \"currency\": \"EUR\"}")
                .is(200);
    }

    /** Creates a product with an image and answers its id. */
    private String product(UUID image) {
        var answer =
                browser().post("/api/products", """
                {"sku": "S-%s", "name": "Lamp", "description": "", "price": {"amount": 1.50, "currency": "EUR"},
                 "imageIds": ["%s"]}""".formatted(image, image)).is(201);
        return answer.json().path("id").stringValue();
    }

    /** Carries a product's newest event from the outbox into the log. */
    private void relay(String product) {
        long version = database.sql("select max(aggregateversion) from strangler.outbox where aggregateid = ?")
                .param(product)
                .query(Long.class)
                .single();
        tell(product, version, payload(product));
    }

    private String payload(String product) {
        return database.sql("select payload from strangler.outbox where aggregateid = :id"
                        + " order by aggregateversion desc limit 1")
                .param("id", product)
                .query(String.class)
                .single();
    }

    private static void tell(String product, long version, String payload) {
        send(
                ProductEvents.TOPIC,
                "monolith",
                ProductEvents.AGGREGATE,
                product,
                version,
                ProductEvents.CREATED,
                payload);
    }

    private String status(UUID asset) {
        return browser().get("/api/assets/" + asset).json().path("status").stringValue();
    }

    private List<String> events(UUID asset) {
        return database.sql("select type || ':' || aggregateversion from strangler.outbox"
                        + " where aggregateid = :id order by aggregateversion")
                .param("id", asset.toString())
                .query(String.class)
                .list();
    }
}
