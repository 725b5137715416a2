package dev.strangler.dam.assets;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One picture at one version.
 *
 * @param tags in their owner's order, without doubles
 * @param trashedAt since when it lies in the trash; null outside it
 */
public record Asset(
        AssetId id,
        Original original,
        Thumbnail thumbnail,
        List<String> tags,
        Status status,
        long version,
        Instant uploadedAt,
        @Nullable Instant trashedAt) {

    public Asset {
        tags = List.copyOf(tags);
    }

    /** Where an asset stands. A purged asset has no row, so there is no state for it. */
    public enum Status {
        /** Shown in lists. */
        ACTIVE,
        /** Hidden from lists unless asked for, still served. */
        TRASHED
    }
}
