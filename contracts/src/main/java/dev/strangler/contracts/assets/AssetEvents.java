package dev.strangler.contracts.assets;

import java.util.List;

/** The names that publishers and subscribers of {@code assets.v1} share. Each event carries a whole {@link AssetState}. */
public final class AssetEvents {

    /** Where every event of every asset goes; key is the asset's id in text. */
    public static final String TOPIC = "assets.v1";

    public static final String AGGREGATE = "Asset";

    /** The schema version that publishers write today, for all types. */
    public static final int SCHEMA_VERSION = 1;

    /** A new asset exists, with its content and thumbnail stored. */
    public static final String UPLOADED = "AssetUploaded";

    /** Its tags were replaced. */
    public static final String TAGGED = "AssetTagged";

    /** It went to the trash: no longer attachable, not yet lost. */
    public static final String TRASHED = "AssetTrashed";

    /** It came back from the trash, by a person or because a product uses it. */
    public static final String UNTRASHED = "AssetUntrashed";

    /** Its content is gone; copies must go too. */
    public static final String PURGED = "AssetPurged";

    /** Nothing happened: what existed before the stream, said once more as a state. */
    public static final String SNAPSHOT_TAKEN = "AssetSnapshotTaken";

    /** Every type of this topic. */
    public static final List<String> TYPES = List.of(UPLOADED, TAGGED, TRASHED, UNTRASHED, PURGED, SNAPSHOT_TAKEN);

    private AssetEvents() {}
}
