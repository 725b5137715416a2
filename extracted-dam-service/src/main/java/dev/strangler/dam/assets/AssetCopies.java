package dev.strangler.dam.assets;

import java.util.Collection;
import java.util.List;

/**
 * The same assets, to be kept up by the intake and by nobody else. Joins the caller's transaction. Tables are named without
 * their schema, so that a rebuild can work on tables of the same names beside these.
 */
public interface AssetCopies {

    /** All tables that these methods write, and that nothing else writes. */
    List<String> TABLES = List.of("asset");

    /**
     * Stores each asset as it is unless a newer version of it is there; the same version is written again, as that is how a
     * row is repaired that differs. No asset may occur twice.
     */
    void put(Collection<Asset> assets);

    /** Forgets the assets; those that are not there are no mistake. */
    void remove(Collection<AssetId> ids);
}
