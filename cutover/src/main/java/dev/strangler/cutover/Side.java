package dev.strangler.cutover;

/** Who answers or writes a feature. */
public enum Side {
    /** The application before extraction. */
    MONOLITH,
    /** The service that the feature map names as the feature's owner to be. */
    SERVICE;

    /** The side that this one hands over to. */
    public Side other() {
        return this == MONOLITH ? SERVICE : MONOLITH;
    }
}
