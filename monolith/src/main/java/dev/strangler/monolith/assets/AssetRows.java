package dev.strangler.monolith.assets;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table {@code asset}. */
interface AssetRows extends Repository<Asset, UUID> {

    Asset save(Asset asset);

    void delete(Asset asset);

    void flush();

    Optional<Asset> findById(UUID id);

    Optional<Asset> findByOwnerAndSha256(String owner, String sha256);

    boolean existsById(UUID id);

    /** The same row, held until the transaction ends, so that versions are counted without a gap. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select a from Asset a where a.id = :id")
    Optional<Asset> findToChange(UUID id);

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
