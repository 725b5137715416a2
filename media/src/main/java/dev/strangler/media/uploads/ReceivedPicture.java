package dev.strangler.media.uploads;

import dev.strangler.media.blobs.Incoming;
import dev.strangler.media.blobs.Sha256;
import dev.strangler.media.imaging.Anatomy;
import dev.strangler.media.imaging.DrawnThumbnail;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload that has passed every check, before anything of it is kept. Closing throws its bytes away unless they were kept.
 *
 * @param thumbnail null if the owner had this very file already when it came, so that none had to be drawn
 */
public record ReceivedPicture(
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
    public List<Sha256> blobs() {
        var original = incoming.sha256();
        return thumbnail == null ? List.of(original) : List.of(original, Sha256.of(thumbnail.bytes()));
    }
}
