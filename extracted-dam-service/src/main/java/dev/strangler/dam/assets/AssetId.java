package dev.strangler.dam.assets;

import java.util.UUID;

/** Which asset. A type of its own, so that no other identifier is taken for it. */
public record AssetId(UUID value) {

    /** The identifier in its text form, as addresses and events carry it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
