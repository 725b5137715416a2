package dev.strangler.pim.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.pim.Picture;
import dev.strangler.pim.RunningPim;
import dev.strangler.pim.products.ImageId;
import dev.strangler.pim.products.Images;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of the events of assets: images that may be attached, or not. */
class AttachableImageIntakeIT extends RunningPim {

    @Autowired
    private Images images;

    @Test
    void an_image_is_attachable_until_it_goes_to_the_trash_and_again_when_it_comes_back() {
        var lamp = Picture.called("lamp.png", "attachable-1");
        hear(lamp);
        awaitApplied(lamp);
        assertThat(attachable("attachable-1")).isEqualTo(1);

        var trashed = lamp.trashed();
        hear(trashed);
        awaitApplied(trashed);
        assertThat(attachable("attachable-1")).isZero();

        var back = trashed.untrashed();
        hear(back);
        awaitApplied(back);
        assertThat(attachable("attachable-1")).isEqualTo(1);
    }

    @Test
    void an_image_is_known_until_it_is_purged_though_it_is_not_offered_from_the_trash() {
        var lamp = Picture.called("lamp.png", "attachable-3");
        var trashed = lamp.trashed();
        hear(lamp, trashed);
        awaitApplied(trashed);
        assertThat(images.missing(List.of(new ImageId(lamp.id())))).isEmpty();

        var purged = trashed.purged();
        hear(purged);
        awaitApplied(purged);
        assertThat(images.missing(List.of(new ImageId(lamp.id())))).containsExactly(new ImageId(lamp.id()));
    }

    @Test
    void a_purged_image_does_not_come_back_by_a_replay() {
        var lamp = Picture.called("lamp.png", "attachable-2");
        var purged = lamp.trashed().purged();
        hear(lamp, lamp.trashed(), purged, lamp);
        var last = Picture.called("last.png", "attachable-2");
        hear(last, last.tagged("attachable-2", "more"));
        awaitApplied(purged, last.tagged("attachable-2", "more"));

        assertThat(attachable("attachable-2")).isEqualTo(1);
    }

    private long attachable(String query) {
        return json(get("/api/products/attachable-images?query=" + query))
                .get("total")
                .asLong();
    }
}
