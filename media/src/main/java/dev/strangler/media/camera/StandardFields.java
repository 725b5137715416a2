package dev.strangler.media.camera;

import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifTiffHandler;
import java.util.Set;

/**
 * Reads the standard's own fields and nothing nested in them: makers' notes have formats by the hundred, and XMP is XML, for which a stranger may
 * declare what he likes.
 */
final class StandardFields extends ExifTiffHandler {

    private static final int MAKER_NOTE = 0x927C;
    private static final int XMP = 0x02BC;
    private static final int IPTC = 0x83BB;
    private static final int PHOTOSHOP = 0x8649;
    private static final int COLOUR_PROFILE = 0x8773;
    private static final int PRINTING = 0xC4A5;
    private static final Set<Integer> NESTED = Set.of(MAKER_NOTE, XMP, IPTC, PHOTOSHOP, COLOUR_PROFILE, PRINTING);

    StandardFields(Metadata metadata) {
        super(metadata, null, 0);
    }

    /** Passes over what is nested, without a look. */
    @Override
    public boolean customProcessTag(
            int tagOffset,
            Set<Integer> processed,
            int tiffHeaderOffset,
            RandomAccessReader reader,
            int tagId,
            int byteCount) {
        return NESTED.contains(tagId);
    }
}
