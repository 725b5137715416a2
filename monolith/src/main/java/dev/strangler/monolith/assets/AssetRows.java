package dev.strangler.monolith.assets;

import dev.strangler.side.refusals.Refusal;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table {@code asset}. */
interface AssetRows extends Repository<Asset, UUID> {

    void delete(Asset asset);

    void flush();

    Optional<Asset> findById(UUID id);

    /**
     * The assets of an owner with these bytes: at most one, except that a copy fed by events may for a moment hold a new one
     * beside one whose purge it has not heard of; the newest comes first. Only ids, since who finds one reads its row anew
     * under its lock.
     */
    @Query("select a.id from Asset a where a.owner = :owner and a.sha256 = :sha256 order by a.uploadedAt desc, a.id")
    List<UUID> findIds(String owner, String sha256);

    boolean existsById(UUID id);

    /** The same row, held until the transaction ends, so that versions are counted without a gap. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select a from Asset a where a.id = :id")
    Optional<Asset> findToChange(UUID id);

    /** As {@link #findById}; a missing asset is refused as NOT_FOUND. */
    default Asset get(AssetId id) {
        return findById(id.value()).orElseThrow(() -> missing(id));
    }

    /** As {@link #findToChange}; a missing asset is refused as NOT_FOUND. */
    default Asset getToChange(AssetId id) {
        return findToChange(id.value()).orElseThrow(() -> missing(id));
    }

    private static Refusal missing(AssetId id) {
        return Refusal.notFound("There is no asset " + id + ", or it was purged. Look for it in the list of assets.");
    }

    @Query("select a.id from Asset a where a.id in :ids and a.status = :status order by a.id")
    List<UUID> among(Collection<UUID> ids, Asset.Status status);

    /** The trash from its oldest end, after a given place in it. */
    @Query("""
            select a from Asset a
            where a.status = TRASHED and a.trashedAt < :before
              and (a.trashedAt > :after or (a.trashedAt = :after and a.id > :afterId))
            order by a.trashedAt, a.id
            """)
    List<Asset> trashedBefore(Instant before, Instant after, UUID afterId, Limit limit);

    /** Those of the digests that are of any asset's original. */
    @Query("select distinct a.sha256 from Asset a where a.sha256 in :digests")
    Set<String> originals(Collection<String> digests);

    /** Those of the digests that are of any asset's thumbnail. */
    @Query("select distinct a.thumbnail.sha256 from Asset a where a.thumbnail.sha256 in :digests")
    Set<String> thumbnails(Collection<String> digests);

    @Query("select a.id from Asset a where a.id in :ids")
    Set<UUID> existing(Collection<UUID> ids);

    @Query("""
            select a from Asset a
            where a.status = :status
              and (:pattern = '%%'
                or a.fileName ilike :pattern escape '\\'
                or exists (select 1 from Asset b join b.tags t where b.id = a.id and t ilike :pattern escape '\\'))
            order by a.uploadedAt desc, a.id
            """)
    Page<Asset> search(Asset.Status status, String pattern, Pageable page);
}
