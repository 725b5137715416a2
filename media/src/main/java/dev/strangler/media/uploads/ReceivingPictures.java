package dev.strangler.media.uploads;

import dev.strangler.media.blobs.Blobs;
import dev.strangler.media.blobs.Incoming;
import dev.strangler.media.blobs.TooManyBytes;
import dev.strangler.media.imaging.DrawingThumbnails;
import dev.strangler.media.imaging.ExaminingImages;
import dev.strangler.media.imaging.ImageType;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Everything that is done with a stranger's file before a transaction begins: to the disk with its digest, examined,
 * compared with what its name and sender claim, decoded, drawn small. The order is by price, so that most bad files cost little.
 */
@Component
public class ReceivingPictures {

    private static final Logger log = LoggerFactory.getLogger(ReceivingPictures.class);

    private final KnownPictures known;
    private final Blobs blobs;
    private final ExaminingImages examining;
    private final DrawingThumbnails drawing;
    private final long largest;

    ReceivingPictures(
            KnownPictures known,
            Blobs blobs,
            ExaminingImages examining,
            DrawingThumbnails drawing,
            UploadProperties properties) {
        this.known = known;
        this.blobs = blobs;
        this.examining = examining;
        this.drawing = drawing;
        this.largest = properties.largest().toBytes();
    }

    /**
     * Takes the file in and checks it. The caller closes what it gets.
     *
     * @throws Refusal TOO_LARGE, UNSUPPORTED or UNPROCESSABLE by what is wrong with the file; UNAVAILABLE if the decoders are
     *     busy or the store takes nothing
     */
    public ReceivedPicture receive(Owner owner, FileName name, @Nullable String declaredType, InputStream content) {
        Incoming incoming = null;
        ReceivedPicture received = null;
        try {
            incoming = blobs.receive(content, largest);
            received = checked(owner, name, declaredType, incoming);
            return received;
        } catch (TooManyBytes tooMany) {
            throw Refusal.of(
                    Kind.TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "The file has more than %,d bytes, which is the limit. Scale the picture down or compress it more.",
                            largest));
        } catch (IOException failure) {
            throw storeFails(failure);
        } finally {
            if (received == null && incoming != null) {
                discard(incoming);
            }
        }
    }

    private ReceivedPicture checked(Owner owner, FileName name, @Nullable String declaredType, Incoming incoming)
            throws IOException {
        var anatomy = examining.examine(incoming.file());
        agree(anatomy.type(), name, declaredType);
        boolean isKnown = known.has(owner, incoming.sha256());
        var thumbnail = isKnown ? null : drawing.draw(incoming.file(), anatomy);
        return new ReceivedPicture(owner, name, incoming, anatomy, thumbnail);
    }

    private static void agree(ImageType type, FileName name, @Nullable String declaredType) {
        if (!type.mayBeNamed(name.value())) {
            throw Refusal.of(
                    Kind.UNSUPPORTED,
                    "The content is %s, but the name does not end with %s. Give the file the ending of its content."
                            .formatted(type.mediaType(), type.endings()));
        }
        if (declaredType == null || !type.mayBeDeclared(declaredType)) {
            throw Refusal.of(
                    Kind.UNSUPPORTED,
                    "The content is %1$s, but the part is not declared so. Send the part 'file' with Content-Type: %1$s."
                            .formatted(type.mediaType()));
        }
    }

    /**
     * Puts the picture's blobs on the disk for good. Comes before the transaction that needs them, as disks are slow; and
     * once more inside it, under the blobs' locks, as a sweeper may have been there in between.
     *
     * @throws Refusal UNAVAILABLE if the store takes nothing
     */
    public void keep(ReceivedPicture picture) {
        try {
            blobs.keep(picture.incoming());
            if (picture.thumbnail() != null) {
                blobs.keep(picture.thumbnail().bytes());
            }
        } catch (IOException failure) {
            throw storeFails(failure);
        }
    }

    /** What to say when the disk fails: ours to mend, theirs to try again. */
    private static Refusal storeFails(IOException failure) {
        log.error("The store of pictures fails", failure);
        return Refusal.of(
                Kind.UNAVAILABLE, "The store of pictures takes nothing at the moment. Send the picture again later.");
    }

    private static void discard(Incoming incoming) {
        try {
            incoming.close();
        } catch (IOException left) {
            log.warn("{} is left over; it will be swept", incoming.file(), left);
        }
    }
}
