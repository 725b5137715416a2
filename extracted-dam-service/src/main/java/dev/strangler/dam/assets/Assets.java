package dev.strangler.dam.assets;

import dev.strangler.side.search.Containing;
import dev.strangler.side.search.Found;
import java.util.Optional;

/** The assets, to be read. What is read is a copy: as old as the last event applied. */
public interface Assets {

    /** The asset, in use or in the trash. A purged asset is gone. */
    Optional<Asset> find(AssetId id);

    /**
     * The assets of that status whose file name or one of whose tags contains what is asked for. Newest first, those of
     * the same microsecond by id.
     *
     * @param offset how many to leave out at the beginning
     * @param size how many at most
     */
    Found<Asset> search(Asset.Status status, Containing query, long offset, int size);
}
