package dev.strangler.monolith.assets;

/** The feature of this package. */
public final class AssetsFeature {

    /** Its name in the feature map and in the database's fence. */
    public static final String NAME = "assets";

    private AssetsFeature() {}
}
