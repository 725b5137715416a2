package dev.strangler.monolith.products.intake;

import dev.strangler.contracts.products.ProductImage;
import dev.strangler.contracts.products.ProductState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The tables of the products, filled from what their owner tells: a few statements for any number of products, and only rows
 * that differ are touched. Beside Hibernate, which never sees these changes coming and holds nothing from one request to the next.
 */
@Component
@ConditionalOnProperty(name = "products.intake.enabled", matchIfMissing = true)
class ProductTables {

    /** The name under which PostgreSQL refuses a product that shows an image without a row. */
    private static final String TIE = "product_image_asset_exists";

    private static final String PUT = """
            insert into product (id, sku, name, description, amount, currency, version, created_at, changed_at)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::text[], ?::bigint[], ?::timestamptz[],
                ?::timestamptz[])
            on conflict (id) do update set sku = excluded.sku, name = excluded.name, description = excluded.description,
                amount = excluded.amount, currency = excluded.currency, version = excluded.version,
                created_at = excluded.created_at, changed_at = excluded.changed_at
            where product.version <= excluded.version
            returning id
            """;

    private static final String DROP_TAGS = """
            delete from product_tag t
            where t.product_id = any (?::uuid[])
              and not exists (select from unnest(?::uuid[], ?::text[]) w (product_id, tag)
                              where w.product_id = t.product_id and w.tag = t.tag)
            """;

    private static final String PUT_TAGS = """
            insert into product_tag (product_id, tag) select * from unnest(?::uuid[], ?::text[])
            on conflict (product_id, tag) do nothing
            """;

    private static final String DROP_IMAGES = """
            delete from product_image i
            where i.product_id = any (?::uuid[])
              and not exists (select from unnest(?::uuid[], ?::int[], ?::uuid[]) w (product_id, position, asset_id)
                              where w.product_id = i.product_id and w.position = i.position and w.asset_id = i.asset_id)
            """;

    private static final String PUT_IMAGES = """
            insert into product_image (product_id, position, asset_id) select * from unnest(?::uuid[], ?::int[], ?::uuid[])
            on conflict (product_id, position) do nothing
            """;

    private final JdbcTemplate jdbc;

    ProductTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the database asks for the row of each image that a product shows: as it does until the keys across features are removed. */
    boolean areTiedToAssets() {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from pg_constraint where conrelid = 'product_image'::regclass and contype = 'f'"
                        + " and confrelid = 'asset'::regclass)",
                Boolean.class));
    }

    /**
     * Stores each product as it is unless a newer version of it is there; the same version is stored again, so that rows which
     * differ can be mended. Joins the caller's transaction. No product may occur twice.
     *
     * @throws ImageNotThere if a product shows an image without a row while the tables are tied to the assets
     */
    void put(Collection<ProductState> states) {
        try {
            jdbc.execute((ConnectionCallback<Boolean>) connection -> put(connection, List.copyOf(states)));
        } catch (DataIntegrityViolationException violation) {
            throw String.valueOf(violation.getMessage()).contains(TIE) ? new ImageNotThere(violation) : violation;
        }
    }

    /** Answers whether any was stored. */
    private static boolean put(Connection connection, List<ProductState> states) throws SQLException {
        var written = upsert(connection, states);
        var fresh =
                states.stream().filter(state -> written.contains(state.id())).toList();
        if (fresh.isEmpty()) {
            return false;
        }
        var ids = array(connection, "uuid", fresh, ProductState::id);
        var tags = fresh.stream()
                .flatMap(state -> state.tags().stream().map(tag -> new Tagged(state.id(), tag)))
                .toList();
        var tagged = array(connection, "uuid", tags, Tagged::product);
        var words = array(connection, "text", tags, Tagged::tag);
        run(connection, DROP_TAGS, ids, tagged, words);
        run(connection, PUT_TAGS, tagged, words);
        var images = fresh.stream()
                .flatMap(state -> state.images().stream().map(image -> new Shown(state.id(), image)))
                .toList();
        var showing = array(connection, "uuid", images, Shown::product);
        var positions = array(connection, "int4", images, shown -> shown.image().position());
        var assets = array(connection, "uuid", images, shown -> shown.image().assetId());
        run(connection, DROP_IMAGES, ids, showing, positions, assets);
        run(connection, PUT_IMAGES, showing, positions, assets);
        return true;
    }

    /** Answers those of which no newer version was there. */
    private static HashSet<UUID> upsert(Connection connection, List<ProductState> states) throws SQLException {
        var columns = List.<Array>of(
                array(connection, "uuid", states, ProductState::id),
                array(connection, "text", states, ProductState::sku),
                array(connection, "text", states, ProductState::name),
                array(connection, "text", states, ProductState::description),
                array(connection, "numeric", states, state -> state.price().amount()),
                array(connection, "text", states, state -> state.price().currency()),
                array(connection, "int8", states, ProductState::version),
                array(
                        connection,
                        "timestamptz",
                        states,
                        state -> state.createdAt().atOffset(ZoneOffset.UTC)),
                array(
                        connection,
                        "timestamptz",
                        states,
                        state -> state.changedAt().atOffset(ZoneOffset.UTC)));
        var written = new HashSet<UUID>();
        try (var statement = connection.prepareStatement(PUT)) {
            for (int i = 0; i < columns.size(); i++) {
                statement.setArray(i + 1, columns.get(i));
            }
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    written.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return written;
    }

    private static void run(Connection connection, String sql, Array... columns) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                statement.setArray(i + 1, columns[i]);
            }
            statement.executeUpdate();
        }
    }

    private static <T> Array array(Connection connection, String type, List<T> rows, Function<? super T, ?> column)
            throws SQLException {
        var values = new ArrayList<Object>(rows.size());
        for (var row : rows) {
            values.add(column.apply(row));
        }
        return connection.createArrayOf(type, values.toArray());
    }

    private record Tagged(UUID product, String tag) {}

    private record Shown(UUID product, ProductImage image) {}
}
