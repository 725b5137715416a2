package dev.strangler.pim.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.pim.Article;
import dev.strangler.pim.RunningPim;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of the events of products. */
class ProductIntakeIT extends RunningPim {

    @Test
    void the_newest_version_is_shown_whatever_comes_again() {
        var lamp = Article.called("IN-1", "Lamp");
        var dearer = lamp.costing("13.00");
        hear(lamp, dearer, lamp, dearer, lamp);
        var last = Article.called("IN-2", "Last");
        hear(last);
        awaitShown(dearer, last);

        assertThat(get("/api/products/IN-1").body()).contains("\"amount\":13.00,");
    }

    @Test
    void images_keep_their_order_and_go() {
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();
        var lamp = Article.called("IN-3", "Lamp");
        var shown = lamp.showing(second, first);
        hear(lamp, shown);
        awaitShown(shown);
        assertThat(json(get("/api/products/IN-3")).get("imageIds"))
                .extracting(image -> image.asString())
                .containsExactly(second.toString(), first.toString());

        hear(shown.showing(first));
        awaitShown(shown.showing(first));
        assertThat(json(get("/api/products/IN-3")).get("images")).hasSize(1);
    }

    @Test
    void an_event_that_breaks_the_contract_parks_its_product_only() {
        var lamp = Article.called("IN-4", "Lamp");
        hear(lamp, lamp.showingWithGap(UUID.randomUUID()));
        var broken = Article.called("IN-5", "Broken");
        hear(broken.id().toString(), 1, ProductEvents.CREATED, "[]");
        var strange = Article.called("no sku", "Strange");
        hear(strange);
        var mistaken = Article.called("IN-6", "Mistaken");
        hear(mistaken.id().toString(), 4, ProductEvents.TAGGED, ContractEvents.write(mistaken.state()));
        var others = new ArrayList<Article>();
        for (int i = 0; i < 12; i++) {
            others.add(Article.called("OTHER-" + i, "Other"));
        }
        hear(others.toArray(Article[]::new));

        awaitShown(others.toArray(Article[]::new));
        awaitParked(lamp, "without gaps");
        awaitParked(broken, "ProductState");
        awaitParked(strange, "is no SKU");
        awaitParked(mistaken, "version 4");
        awaitShown(lamp);
    }

    private void awaitParked(Article article, String why) {
        awaitTrue(
                "select exists (select from strangler.inbox_parked where aggregateid = ? and position(? in cause) > 0)",
                article.id().toString(),
                why);
    }
}
