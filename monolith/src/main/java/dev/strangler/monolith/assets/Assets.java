package dev.strangler.monolith.assets;

import java.util.Collection;
import java.util.Set;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/** What other features of the monolith may ask of the assets. Read-only: changes have their own use cases. */
public interface Assets {

    /** Whether the asset is there, in use or in the trash. A purged asset is gone. */
    boolean exists(AssetId id);

    /** Those of the given assets that are not there; empty when all exist, in use or in the trash. One query. */
    Set<AssetId> missing(Collection<AssetId> ids);

    /**
     * The images outside the trash whose file name or one of whose tags contains the query, whatever the case; an empty
     * query matches all. Newest first; the page's own order is ignored.
     */
    Page<AttachableImage> attachableImages(String query, Pageable page);
}
