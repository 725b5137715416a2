package dev.strangler.media.uploads;

import dev.strangler.media.blobs.Sha256;

/** Which pictures are assets already. Implemented by whoever stores assets. */
public interface KnownPictures {

    /** Whether this owner has an asset of these bytes, in use or in the trash. */
    boolean has(Owner owner, Sha256 digest);
}
