package dev.strangler.pim.products;

import dev.strangler.side.search.Containing;
import dev.strangler.side.search.Found;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code product}: one row is one product, as whole as the events that it comes from. */
@Component
class JdbcProducts implements Products, ProductCopies {

    private static final String INSERT = """
            insert into product (id, sku, name, description, amount, currency, tags, images, version, created_at,
                changed_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String PUT = INSERT + """
            on conflict (id) do update set sku = excluded.sku, name = excluded.name,
                description = excluded.description, amount = excluded.amount, currency = excluded.currency,
                tags = excluded.tags, images = excluded.images, version = excluded.version,
                created_at = excluded.created_at, changed_at = excluded.changed_at
            where product.version <= excluded.version
            """;

    private static final String UPDATE = """
            update product set sku = ?, name = ?, description = ?, amount = ?, currency = ?, tags = ?, images = ?,
                version = ?, created_at = ?, changed_at = ?
            where id = ?
            """;

    private static final String MATCHING = """
            from product
            where (:pattern = '%%'
                or sku ilike :pattern escape '\\'
                or name ilike :pattern escape '\\'
                or exists (select from unnest(tags) tag where tag ilike :pattern escape '\\'))
            """;

    private static final String SHOWING = "and images @> array[cast(:image as uuid)]\n";

    private final JdbcTemplate jdbc;
    private final JdbcClient client;

    JdbcProducts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.client = JdbcClient.create(jdbc);
    }

    @Override
    public Optional<Product> find(Sku sku) {
        return client.sql("select * from product where sku = ?")
                .param(sku.value())
                .query(ProductRow::read)
                .optional();
    }

    @Override
    public Found<Product> search(Containing query, @Nullable ImageId image, long offset, int size) {
        var matching = image == null ? MATCHING : MATCHING + SHOWING;
        var asked = new MapSqlParameterSource("pattern", query.pattern())
                .addValue("image", image == null ? null : image.toString())
                .addValue("offset", offset)
                .addValue("size", size);
        var page = client.sql("select * " + matching + "order by created_at desc, id offset :offset limit :size")
                .paramSource(asked)
                .query(ProductRow::read)
                .list();
        return Found.page(
                page,
                offset,
                size,
                () -> client.sql("select count(*) " + matching)
                        .paramSource(asked)
                        .query(Long.class)
                        .single());
    }

    /** The product of this SKU, held until the transaction ends, so that versions are counted without a gap. */
    Optional<Product> findToChange(Sku sku) {
        return client.sql("select * from product where sku = ? for update")
                .param(sku.value())
                .query(ProductRow::read)
                .optional();
    }

    /** Stores a new product; throws {@link org.springframework.dao.DuplicateKeyException} if its SKU is taken. */
    void insert(Product product) {
        jdbc.update(INSERT, row -> ProductRow.write(row, product));
    }

    /** Stores a product that is there in another version. */
    void update(Product product) {
        jdbc.update(UPDATE, row -> ProductRow.rewrite(row, product));
    }

    @Override
    public void put(Collection<Product> products) {
        jdbc.batchUpdate(PUT, products, Math.max(1, products.size()), ProductRow::write);
    }
}
