package dev.strangler.dam.assets;

/** The feature that this service takes over. */
public final class AssetsFeature {

    /** Its name in the feature map and in the database's fence. */
    public static final String NAME = "assets";

    private AssetsFeature() {}
}
