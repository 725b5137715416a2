package dev.strangler.contracts.assets;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A whole asset at one version: the payload of every event of {@code assets.v1}.
 *
 * <p>Instants are cut to microseconds, which is what PostgreSQL keeps, so that a state read back equals the state
 * published.
 *
 * @param owner who uploaded it; together with the digest it makes an upload idempotent
 * @param fileName the name shown to people, never a path
 * @param contentType media type decided from the content, not from the name
 * @param size in bytes
 * @param sha256 digest of the content, 64 lower-case hexadecimal digits; also its address in the blob store
 * @param width in pixels
 * @param height in pixels
 * @param tags a set, told in the byte order of its UTF-8 form
 * @param version 1 for the upload, one more for each committed change
 * @param trashedAt when it went to the trash; null unless it is there or was purged from there
 */
public record AssetState(
        UUID id,
        String owner,
        String fileName,
        String contentType,
        long size,
        String sha256,
        int width,
        int height,
        List<String> tags,
        AssetStatus status,
        long version,
        Instant uploadedAt,
        @Nullable Instant trashedAt,
        Rendition thumbnail) {

    public AssetState {
        requireNonNull(id, "id");
        requireNonNull(owner, "owner");
        requireNonNull(fileName, "fileName");
        requireNonNull(contentType, "contentType");
        requireNonNull(sha256, "sha256");
        requireNonNull(status, "status");
        requireNonNull(thumbnail, "thumbnail");
        tags = List.copyOf(requireNonNull(tags, "tags"));
        uploadedAt = requireNonNull(uploadedAt, "uploadedAt").truncatedTo(ChronoUnit.MICROS);
        trashedAt = trashedAt == null ? null : trashedAt.truncatedTo(ChronoUnit.MICROS);
        if (version < 1) {
            throw new IllegalArgumentException("Asset " + id + " has version " + version
                    + ", but versions start at 1. Publish the version after the change.");
        }
    }
}
