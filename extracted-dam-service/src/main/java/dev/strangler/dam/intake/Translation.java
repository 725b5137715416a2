package dev.strangler.dam.intake;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.dam.assets.Asset;
import dev.strangler.dam.assets.AssetId;
import dev.strangler.dam.assets.Original;
import dev.strangler.dam.assets.Thumbnail;
import dev.strangler.inbox.Latest;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.media.blobs.Sha256;

/** From the published language into this service's own. */
final class Translation {

    private Translation() {}

    /**
     * The state that an event carries.
     *
     * @throws dev.strangler.contracts.UnreadablePayload if it carries none
     * @throws IllegalArgumentException if it carries that of another asset or version
     */
    static AssetState state(ReceivedEvent event) {
        var state = ContractEvents.read(event.payload(), AssetState.class);
        Latest.check(event, state.id(), state.version());
        return state;
    }

    static boolean isGone(AssetState state) {
        return state.status() == AssetStatus.PURGED;
    }

    static AssetId id(AssetState state) {
        return new AssetId(state.id());
    }

    /** The asset of a state that is not gone. */
    static Asset asset(AssetState state) {
        var rendition = state.thumbnail();
        return new Asset(
                id(state),
                new Original(
                        state.owner(),
                        state.fileName(),
                        state.contentType(),
                        state.size(),
                        new Sha256(state.sha256()),
                        state.width(),
                        state.height()),
                new Thumbnail(
                        new Sha256(rendition.sha256()),
                        rendition.contentType(),
                        rendition.size(),
                        rendition.width(),
                        rendition.height()),
                state.tags(),
                status(state),
                state.version(),
                state.uploadedAt(),
                state.trashedAt());
    }

    private static Asset.Status status(AssetState state) {
        return switch (state.status()) {
            case ACTIVE -> Asset.Status.ACTIVE;
            case TRASHED -> Asset.Status.TRASHED;
            case PURGED -> throw new IllegalArgumentException("Asset " + state.id() + " is purged: it has no state.");
        };
    }
}
