package dev.strangler.dam.assets;

import dev.strangler.media.uploads.Tags;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One picture at one version. Its transitions answer the next version, or nothing where nothing changes: that is no new
 * version and no event.
 *
 * @param tags a set, told in the byte order of its UTF-8 form
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

    /** A new asset at version 1. Instants are cut to microseconds, which is what the database keeps. */
    static Asset uploaded(AssetId id, Original original, Thumbnail thumbnail, Tags tags, Instant at) {
        return new Asset(
                id, original, thumbnail, tags.values(), Status.ACTIVE, 1, at.truncatedTo(ChronoUnit.MICROS), null);
    }

    /** In the trash; empty when it lies there already. */
    Optional<Asset> trash(Instant at) {
        return status == Status.TRASHED
                ? Optional.empty()
                : Optional.of(next(tags, Status.TRASHED, at.truncatedTo(ChronoUnit.MICROS)));
    }

    /** Out of the trash; empty when it does not lie there. */
    Optional<Asset> untrash() {
        return status == Status.ACTIVE ? Optional.empty() : Optional.of(next(tags, Status.ACTIVE, null));
    }

    /** With these tags and no others; empty when it carries just these. */
    Optional<Asset> tag(Tags replacement) {
        return tags.equals(replacement.values())
                ? Optional.empty()
                : Optional.of(next(replacement.values(), status, trashedAt));
    }

    private Asset next(List<String> tags, Status status, @Nullable Instant trashedAt) {
        return new Asset(id, original, thumbnail, tags, status, version + 1, uploadedAt, trashedAt);
    }

    /** Where an asset stands. A purged asset has no row, so there is no state for it. */
    public enum Status {
        /** Shown in lists, offered to products. */
        ACTIVE,
        /** Hidden from lists unless asked for, still served, purged after the retention time unless taken out. */
        TRASHED
    }
}
