package dev.strangler.media;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.contracts.assets.Rendition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An asset as its owner's events tell it: the state at one version, and the next ones by what happens to it. */
public record Picture(AssetState state, byte[] content, byte[] thumbnail) {

    private static final Instant UPLOADED = Instant.parse("2026-11-21T09:30:00.000001Z");

    /** A new picture of a few bytes of its own; its blobs are at the source. */
    public static Picture at(SourceOfBlobs source, String fileName, String... tags) {
        var picture = elsewhere(fileName, tags);
        source.put(picture.content);
        source.put(picture.thumbnail);
        return picture;
    }

    /** A new picture that the source does not have. */
    public static Picture elsewhere(String fileName, String... tags) {
        var id = UUID.randomUUID();
        byte[] content = ("content of " + id).getBytes(StandardCharsets.UTF_8);
        byte[] thumbnail = ("thumbnail of " + id).getBytes(StandardCharsets.UTF_8);
        var state = new AssetState(
                id,
                "shop",
                fileName,
                "image/png",
                content.length,
                SourceOfBlobs.sha256(content),
                640,
                480,
                List.of(tags),
                AssetStatus.ACTIVE,
                1,
                UPLOADED,
                null,
                new Rendition(SourceOfBlobs.sha256(thumbnail), "image/png", thumbnail.length, 64, 48));
        return new Picture(state, content, thumbnail);
    }

    /** The picture of an asset that a side told of; its bytes are not known. */
    public static Picture told(String payload) {
        return new Picture(ContractEvents.read(payload, AssetState.class), new byte[0], new byte[0]);
    }

    /** Another asset of the same bytes and owner, as after a purge. */
    public Picture anew() {
        return new Picture(
                new AssetState(
                        UUID.randomUUID(),
                        state.owner(),
                        state.fileName(),
                        state.contentType(),
                        state.size(),
                        state.sha256(),
                        state.width(),
                        state.height(),
                        state.tags(),
                        AssetStatus.ACTIVE,
                        1,
                        state.uploadedAt().plusSeconds(60),
                        null,
                        state.thumbnail()),
                content,
                thumbnail);
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
        return new Picture(
                new AssetState(
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
                        state.thumbnail()),
                content,
                thumbnail);
    }
}
