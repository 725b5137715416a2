package dev.strangler.pim.products;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A product in its row: both ways between the record and the columns. */
final class ProductRow {

    private ProductRow() {}

    /** Sets the parameters in the order of the table's columns. */
    static void write(PreparedStatement row, Product product) throws SQLException {
        row.setObject(1, product.id().value());
        writeState(row, 2, product);
    }

    /** Sets the parameters in the order of the table's columns, the id last. */
    static void rewrite(PreparedStatement row, Product product) throws SQLException {
        row.setObject(writeState(row, 1, product), product.id().value());
    }

    /** Sets all but the id; answers the parameter behind them. */
    private static int writeState(PreparedStatement row, int first, Product product) throws SQLException {
        var connection = row.getConnection();
        Object[] images = product.images().stream().map(ImageId::value).toArray();
        int column = first;
        row.setString(column++, product.sku().value());
        row.setString(column++, product.name());
        row.setString(column++, product.description());
        row.setBigDecimal(column++, product.price().amount());
        row.setString(column++, product.price().currency());
        row.setArray(column++, connection.createArrayOf("text", product.tags().toArray()));
        row.setArray(column++, connection.createArrayOf("uuid", images));
        row.setLong(column++, product.version());
        row.setObject(column++, product.createdAt().atOffset(ZoneOffset.UTC));
        row.setObject(column++, product.changedAt().atOffset(ZoneOffset.UTC));
        return column;
    }

    static Product read(ResultSet row, int number) throws SQLException {
        return new Product(
                new ProductId(row.getObject("id", UUID.class)),
                new Sku(row.getString("sku")),
                row.getString("name"),
                row.getString("description"),
                new Price(row.getBigDecimal("amount"), row.getString("currency")),
                List.of((String[]) row.getArray("tags").getArray()),
                Stream.of((UUID[]) row.getArray("images").getArray())
                        .map(ImageId::new)
                        .toList(),
                row.getLong("version"),
                instant(row, "created_at"),
                instant(row, "changed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
