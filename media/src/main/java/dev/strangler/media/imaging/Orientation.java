package dev.strangler.media.imaging;

import java.awt.geom.AffineTransform;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera was held: EXIF tag 0x0112, in the order of its numbers 1 to 8. */
public enum Orientation {
    UPRIGHT(false),
    MIRRORED(false),
    UPSIDE_DOWN(false),
    MIRRORED_UPSIDE_DOWN(false),
    MIRRORED_LEFT(true),
    TURNED_RIGHT(true),
    MIRRORED_RIGHT(true),
    TURNED_LEFT(true);

    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int MOST_ENTRIES = 500;

    private final boolean swapsSides;

    Orientation(boolean swapsSides) {
        this.swapsSides = swapsSides;
    }

    /** Whether the displayed picture is as wide as the stored one is high. */
    public boolean swapsSides() {
        return swapsSides;
    }

    /** The turn from stored pixels to displayed ones, for a stored picture of this size. */
    AffineTransform turn(int width, int height) {
        return switch (this) {
            case UPRIGHT -> new AffineTransform();
            case MIRRORED -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case UPSIDE_DOWN -> new AffineTransform(-1, 0, 0, -1, width, height);
            case MIRRORED_UPSIDE_DOWN -> new AffineTransform(1, 0, 0, -1, 0, height);
            case MIRRORED_LEFT -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case TURNED_RIGHT -> new AffineTransform(0, 1, -1, 0, height, 0);
            case MIRRORED_RIGHT -> new AffineTransform(0, -1, -1, 0, height, width);
            case TURNED_LEFT -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    }

    /** The orientation in an EXIF block that starts with its TIFF header; a block that makes no sense is taken for upright. */
    static Orientation ofExif(byte[] exif) {
        try {
            return read(ByteBuffer.wrap(exif));
        } catch (BufferUnderflowException | IllegalArgumentException nonsense) {
            return UPRIGHT;
        }
    }

    private static Orientation read(ByteBuffer tiff) {
        short order = tiff.getShort();
        tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if ((order != 0x4949 && order != 0x4D4D) || tiff.getShort() != 42) {
            return UPRIGHT;
        }
        tiff.position(tiff.getInt());
        int entries = Math.min(tiff.getShort() & 0xFFFF, MOST_ENTRIES);
        for (int i = 0; i < entries; i++) {
            int tag = tiff.getShort() & 0xFFFF;
            int type = tiff.getShort();
            int count = tiff.getInt();
            int value = tiff.getShort() & 0xFFFF;
            tiff.getShort();
            if (tag == TAG && type == SHORT && count == 1 && value >= 1 && value <= values().length) {
                return values()[value - 1];
            }
        }
        return UPRIGHT;
    }
}
