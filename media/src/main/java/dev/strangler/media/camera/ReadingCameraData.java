package dev.strangler.media.camera;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.Tag;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import dev.strangler.media.blobs.Blobs;
import dev.strangler.media.blobs.Sha256;
import dev.strangler.media.camera.CameraData.Field;
import dev.strangler.media.camera.CameraData.Group;
import dev.strangler.media.imaging.ExaminingImages;
import dev.strangler.media.imaging.Exif;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads camera data from the bytes of a picture whenever it is asked for: it is no part of what an asset is, so no contract and no copy has to carry
 * it. Only the EXIF block is read, never what a camera or a stranger has packed into it beyond the standard's own fields.
 */
@Component
public class ReadingCameraData {

    private static final Logger log = LoggerFactory.getLogger(ReadingCameraData.class);

    private static final Map<Class<? extends Directory>, String> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put(ExifIFD0Directory.class, "Picture");
        GROUPS.put(ExifSubIFDDirectory.class, "Exposure");
        GROUPS.put(GpsDirectory.class, "Place");
    }

    private static final int MOST_FIELDS = 100;
    private static final int LONGEST = 300;

    private final Blobs blobs;
    private final ExaminingImages examining;

    ReadingCameraData(Blobs blobs, ExaminingImages examining) {
        this.blobs = blobs;
        this.examining = examining;
    }

    /**
     * What is written in the picture of that digest; {@link CameraData#NONE} if it carries nothing that makes sense.
     *
     * @throws Refusal UNAVAILABLE if the picture is not in the store
     */
    public CameraData of(Sha256 digest) {
        var file = blobs.find(digest)
                .orElseThrow(() -> Refusal.of(
                        Kind.UNAVAILABLE,
                        "The blob " + digest + " is not in the store at the moment. Ask again later; if it lasts,"
                                + " the store must be restored from its backup."));
        return exif(digest, file).map(exif -> told(digest, exif)).orElse(CameraData.NONE);
    }

    private Optional<Exif> exif(Sha256 digest, Path file) {
        try {
            return Optional.of(examining.examine(file).exif()).filter(exif -> !exif.isEmpty());
        } catch (Refusal noLongerTaken) {
            // It was taken in by the rules of its time.
            log.debug("{} would not be taken today", digest, noLongerTaken);
            return Optional.empty();
        } catch (IOException unreadable) {
            log.warn("{} can't be read", digest, unreadable);
            throw Refusal.of(Kind.UNAVAILABLE, "The picture can't be read at the moment. Ask again later.");
        }
    }

    private static CameraData told(Sha256 digest, Exif exif) {
        var metadata = new Metadata();
        try {
            new TiffReader().processTiff(new ByteArrayReader(exif.block()), new StandardFields(metadata), 0);
        } catch (TiffProcessingException | IOException | RuntimeException nonsense) {
            // What was read until here still makes sense.
            log.debug("The EXIF block of {} makes no sense from some place on", digest, nonsense);
        }
        var groups = new ArrayList<Group>();
        GROUPS.forEach((directory, name) -> {
            var fields = new ArrayList<Field>();
            metadata.getDirectoriesOfType(directory)
                    .forEach(one -> one.getTags().forEach(tag -> tell(tag, fields)));
            if (!fields.isEmpty()) {
                groups.add(new Group(name, fields));
            }
        });
        return new CameraData(groups);
    }

    private static void tell(Tag tag, ArrayList<Field> fields) {
        var value = described(tag);
        if (tag.hasTagName() && !value.isEmpty() && fields.size() < MOST_FIELDS) {
            fields.add(new Field(tag.getTagName(), value));
        }
    }

    /** Plain and short, whatever a stranger has written. */
    private static String described(Tag tag) {
        try {
            var description = tag.getDescription();
            return description == null ? "" : plain(description);
        } catch (RuntimeException nonsense) {
            log.debug("Tag {} makes no sense", tag.getTagTypeHex(), nonsense);
            return "";
        }
    }

    private static String plain(String text) {
        var plain = new StringBuilder();
        text.codePoints()
                .limit(LONGEST + 1L)
                .map(character -> Character.isWhitespace(character) ? ' ' : character)
                .filter(character -> switch (Character.getType(character)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
                    default -> character != 0xFFFD;
                })
                .forEach(plain::appendCodePoint);
        var words = plain.toString().strip();
        return words.codePointCount(0, words.length()) > LONGEST
                ? words.substring(0, words.offsetByCodePoints(0, LONGEST)) + "…"
                : words;
    }
}
