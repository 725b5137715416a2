package dev.strangler.monolith.assets.intake;

import dev.strangler.monolith.assets.AssetId;

/** An asset cannot appear, as a blob that it needs cannot be had. Asking again soon would not help. */
class MissingBlob extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingBlob(AssetId id, long version, String why) {
        super("Asset " + id + " cannot appear at version " + version + ": " + why
                + ". Put the blob right at its source and retry, or skip.");
    }
}
