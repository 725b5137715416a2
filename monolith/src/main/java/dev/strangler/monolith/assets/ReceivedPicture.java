package dev.strangler.monolith.assets;

import dev.strangler.monolith.assets.blobs.Incoming;
import dev.strangler.monolith.assets.blobs.Sha256;
import dev.strangler.monolith.assets.imaging.Anatomy;
import dev.strangler.monolith.assets.imaging.DrawnThumbnail;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload that has passed every check, before anything of it is kept. Closing throws its bytes away unless they were kept.
 *
 * @param thumbnail null if the owner had this very file already when it came, so that none had to be drawn
 */
record ReceivedPicture(
        Owner owner,
        FileName name,
        Incoming incoming,
        Anatomy anatomy,
        @Nullable DrawnThumbnail thumbnail) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        incoming.close();
    }

    /** The blobs that its asset will need. */
    List<Sha256> blobs() {
        var original = incoming.sha256();
        return thumbnail == null ? List.of(original) : List.of(original, Sha256.of(thumbnail.bytes()));
    }

    Original original() {
        return new Original(
                owner.name(),
                name.value(),
                anatomy.type().mediaType(),
                incoming.size(),
                incoming.sha256().hex(),
                anatomy.displayedWidth(),
                anatomy.displayedHeight());
    }
}
