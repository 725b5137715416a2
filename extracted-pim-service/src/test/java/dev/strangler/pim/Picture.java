package dev.strangler.pim;

import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.contracts.assets.Rendition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An asset of somebody else, as its events tell it: the state at one version, and the next ones by what happens to it. */
public record Picture(AssetState state) {

    private static final Instant UPLOADED = Instant.parse("2026-11-21T09:30:00.000001Z");

    public static Picture called(String fileName, String... tags) {
        return new Picture(new AssetState(
                UUID.randomUUID(),
                "shop",
                fileName,
                "image/png",
                1234,
                "ab".repeat(32),
                640,
                480,
                List.of(tags),
                AssetStatus.ACTIVE,
                1,
                UPLOADED,
                null,
                new Rendition("cd".repeat(32), "image/png", 99, 64, 48)));
    }

    public Picture uploadedAt(Instant at) {
        return with(state.status(), state.version(), state.tags(), at, state.trashedAt());
    }

    public Picture tagged(String... tags) {
        return with(state.status(), state.version() + 1, List.of(tags), state.uploadedAt(), state.trashedAt());
    }

    public Picture trashed() {
        return with(AssetStatus.TRASHED, state.version() + 1, state.tags(), state.uploadedAt(), UPLOADED);
    }

    public Picture untrashed() {
        return with(AssetStatus.ACTIVE, state.version() + 1, state.tags(), state.uploadedAt(), null);
    }

    public Picture purged() {
        return with(AssetStatus.PURGED, state.version() + 1, state.tags(), state.uploadedAt(), state.trashedAt());
    }

    public UUID id() {
        return state.id();
    }

    public long version() {
        return state.version();
    }

    private Picture with(AssetStatus status, long version, List<String> tags, Instant uploadedAt, Instant trashedAt) {
        return new Picture(new AssetState(
                state.id(),
                state.owner(),
                state.fileName(),
                state.contentType(),
                state.size(),
                state.sha256(),
                state.width(),
                state.height(),
                tags,
                status,
                version,
                uploadedAt,
                trashedAt,
                state.thumbnail()));
    }
}
