package dev.strangler.pim.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.pim.Article;
import dev.strangler.pim.Picture;
import dev.strangler.pim.RunningPim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The projections regenerated from the log. */
class RebuildIT extends RunningPim {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void products_that_were_lost_are_rebuilt_to_the_row() {
        var articles = new ArrayList<Article>();
        for (int i = 0; i < 10; i++) {
            articles.add(Article.called("REBUILT-" + i, "Lamp " + i, "tag" + i));
        }
        hear(articles.toArray(Article[]::new));
        var changed = articles.get(0).costing("0.9900").showing(UUID.randomUUID());
        hear(changed);
        awaitShown(articles.subList(1, 10).toArray(Article[]::new));
        awaitShown(changed);
        var before = rows("product");

        // As the applier: nobody else may write a copy, by accident or not.
        database.sql("""
                        do $$ begin
                            execute format('set local role %I', current_database() || '_applier');
                            delete from product where version > 1 or sku like 'REBUILT-%' and sku > 'REBUILT-5';
                            update product set amount = amount + 1;
                        end $$""").update();
        assertThat(rows("product")).isNotEqualTo(before);
        var done = rebuild("pim-products");

        assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("DONE");
        assertThat(rows("product")).isEqualTo(before);
        hear(changed.tagged("after"));
        awaitShown(changed.tagged("after"));
    }

    @Test
    void attachable_images_that_were_lost_are_rebuilt_to_the_row() {
        var kept = Picture.called("kept.png", "rebuilt");
        var gone = Picture.called("gone.png", "rebuilt");
        hear(kept, gone, gone.trashed());
        awaitApplied(kept, gone.trashed());
        var before = rows("attachable_image");

        database.sql("delete from attachable_image").update();
        var done = rebuild("pim-attachable-images");

        assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("DONE");
        assertThat(rows("attachable_image")).isEqualTo(before).hasSizeGreaterThanOrEqualTo(1);
    }

    @Test
    void only_a_projection_that_exists_can_be_rebuilt() {
        var answer = post("/internal/rebuild", "{\"consumer\": \"dam-assets\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("detail").asString())
                .contains("pim-products")
                .contains("pim-attachable-images");
        assertThat(post("/internal/rebuild", "{}").statusCode()).isEqualTo(400);
    }

    private JsonNode rebuild(String consumer) {
        assertThat(post("/internal/rebuild", "{\"consumer\": \"" + consumer + "\"}")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(LIMIT)
                .until(() -> !progress(consumer).get("state").asString().equals("RUNNING"));
        return progress(consumer);
    }

    private JsonNode progress(String consumer) {
        for (var progress : json(get("/internal/rebuild"))) {
            if (progress.get("consumer").asString().equals(consumer)) {
                return progress;
            }
        }
        throw new AssertionError("No rebuild of " + consumer);
    }

    private List<String> rows(String table) {
        return database.sql("select t::text from " + table + " t order by id")
                .query(String.class)
                .list();
    }
}
