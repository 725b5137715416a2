package dev.strangler.monolith.products;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table {@code product}. */
interface ProductRows extends Repository<Product, UUID> {

    Product save(Product product);

    void flush();

    boolean existsBySku(String sku);

    Optional<Product> findBySku(String sku);

    /** The same row, held until the transaction ends, so that versions are counted without a gap. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from Product p where p.sku = :sku")
    Optional<Product> findToChange(String sku);

    @Query("""
            select p from Product p
            where :pattern = '%%'
               or p.sku ilike :pattern escape '\\'
               or p.name ilike :pattern escape '\\'
               or exists (select 1 from Product q join q.tags t where q.id = p.id and t ilike :pattern escape '\\')
            order by p.createdAt desc, p.id
            """)
    Page<Product> search(String pattern, Pageable page);

    /** As {@link #search}, of those that show an image. */
    @Query("""
            select p from Product p
            where :image member of p.images
              and (:pattern = '%%'
                or p.sku ilike :pattern escape '\\'
                or p.name ilike :pattern escape '\\'
                or exists (select 1 from Product q join q.tags t where q.id = p.id and t ilike :pattern escape '\\'))
            order by p.createdAt desc, p.id
            """)
    Page<Product> showing(UUID image, String pattern, Pageable page);
}
