package dev.strangler.contracts.assets;

/** Where an asset is in its life. */
public enum AssetStatus {
    /** In use or ready for it: listed, shown and attachable. */
    ACTIVE,
    /** First step of deleting: hidden and not attachable, but complete; untrashing or being used by a product brings it back. */
    TRASHED,
    /** Second step: its content is gone for good; only the fact remains, so that late readers learn of it. Final. */
    PURGED
}
