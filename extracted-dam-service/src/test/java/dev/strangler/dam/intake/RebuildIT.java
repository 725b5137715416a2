package dev.strangler.dam.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.dam.RunningDam;
import dev.strangler.media.Picture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The projection regenerated from the log. */
class RebuildIT extends RunningDam {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void a_projection_that_was_lost_is_rebuilt_to_the_row() {
        var gone = Picture.at(SOURCE, "gone.png");
        var pictures = new ArrayList<Picture>();
        for (int i = 0; i < 10; i++) {
            pictures.add(Picture.at(SOURCE, "kept" + i + ".png", "tag" + i));
        }
        hear(pictures.toArray(Picture[]::new));
        hear(gone, gone.trashed(), gone.trashed().purged());
        var tagged = pictures.get(0).tagged("other");
        hear(tagged, pictures.get(1).trashed());
        awaitShown(tagged, pictures.get(1).trashed());
        awaitApplied(gone.trashed().purged());
        // Its blobs are nowhere any more, yet its first events are still in the log.
        SOURCE.remove(gone.state().sha256());
        SOURCE.remove(gone.state().thumbnail().sha256());
        awaitBlobSwept(gone);
        var before = rows();

        // Nobody else is let in while the fence is closed.
        database.sql("""
                        do $$ begin
                            perform set_config('role', current_database() || '_applier', true);
                            delete from asset where version > 1 or file_name like 'kept%';
                            update asset set file_name = 'spoilt';
                        end $$""").update();
        assertThat(rows()).isNotEqualTo(before);
        var done = rebuild();

        assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("DONE");
        assertThat(rows()).isEqualTo(before);
        assertThat(get("/api/assets/" + gone.id()).statusCode()).isEqualTo(404);
        var next = Picture.at(SOURCE, "next.png");
        hear(next);
        awaitShown(next);
    }

    @Test
    void only_a_projection_that_exists_can_be_rebuilt() {
        var answer = post("/internal/rebuild", "{\"consumer\": \"pim-products\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("detail").asString()).contains("dam-assets");
        assertThat(post("/internal/rebuild", "{}").statusCode()).isEqualTo(400);
    }

    private JsonNode rebuild() {
        assertThat(post("/internal/rebuild", "{\"consumer\": \"dam-assets\"}").statusCode())
                .isEqualTo(202);
        await().atMost(LIMIT)
                .until(() -> !json(get("/internal/rebuild"))
                        .get(0)
                        .get("state")
                        .asString()
                        .equals("RUNNING"));
        return json(get("/internal/rebuild")).get(0);
    }

    private List<String> rows() {
        return database.sql("select a::text from asset a order by id")
                .query(String.class)
                .list();
    }

    private static void awaitBlobSwept(Picture picture) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(blob(picture.state().sha256())).doesNotExist());
    }
}
