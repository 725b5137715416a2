package dev.strangler.pim.assetlinks;

import dev.strangler.side.search.Containing;
import dev.strangler.side.search.Found;

/** The attachable images, to be read. What is read is a copy: as old as the last event applied. */
public interface AttachableImages {

    /**
     * The images outside the trash whose file name or one of whose tags contains what is asked for. Newest first, those of the same
     * microsecond by id.
     *
     * @param offset how many to leave out at the beginning
     * @param size how many at most
     */
    Found<AttachableImage> search(Containing query, long offset, int size);
}
