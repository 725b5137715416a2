package dev.strangler.media.blobs;

import java.util.Collection;
import java.util.Set;

/** Who needs which blobs. Implemented by whoever stores digests. */
public interface BlobUses {

    /** Those of the given digests that something stored needs. */
    Set<Sha256> used(Collection<Sha256> digests);
}
