package dev.strangler.media.imaging;

import java.util.Arrays;

/** What a camera has written into a picture: a block that starts with its TIFF header, unread and from a stranger. */
public final class Exif {

    /** Of pictures that no camera has made, or whose data was taken away. */
    public static final Exif NONE = new Exif(new byte[0]);

    private final byte[] block;

    Exif(byte[] block) {
        this.block = block;
    }

    /** A copy of the block; empty if there is none. */
    public byte[] block() {
        return block.clone();
    }

    public boolean isEmpty() {
        return block.length == 0;
    }

    /** How the camera was held; a block that makes no sense is taken for upright. */
    Orientation orientation() {
        return Orientation.ofExif(block);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Exif exif && Arrays.equals(block, exif.block);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(block);
    }

    @Override
    public String toString() {
        return block.length + " bytes of EXIF";
    }
}
