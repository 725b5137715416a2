package dev.strangler.architecture.laws;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.jdbc.SideSchema;
import dev.strangler.sandbox.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A lawful database of a shop with two features, fenced; and its map. */
final class ShopDatabase {

    static final String PRODUCT_CODE = "dev.strangler.architecture.fixtures.database.products";

    final Database database;
    final FeatureMap map;

    ShopDatabase(Database database, Path directory) throws IOException, SQLException {
        this.database = database;
        this.map = map(directory);
        SideSchema.migrate(database.dataSource());
        try (var connection = database.dataSource().getConnection()) {
            run(connection, """
                    create role %1$s_relay login replication password 'x';
                    create role %1$s_reports login password 'x';
                    create table asset (id text primary key, status text not null default 'ACTIVE', price numeric);
                    create table asset_tag (asset_id text references asset on delete cascade, tag text);
                    create table product (id text primary key, name text);
                    create table product_image (product_id text references product on delete cascade, asset_id text references asset);
                    create table product_sale (product_id text, sold date) partition by range (sold);
                    create table product_sale_2026 partition of product_sale for values from ('2026-01-01') to ('2027-01-01');
                    create view strangler.assets_state (aggregate_id, version, payload) as select id, 1::bigint, '{}'::jsonb from asset;
                    create view strangler.products_state (aggregate_id, version, payload) as select id, 1::bigint, '{}'::jsonb from product;
                    create view product_names with (security_invoker) as select id, name from product;
                    create function rename_product(which text, called text) returns void language sql as 'update product set name = called where id = which';
                    select strangler.fence_feature('assets', 'MONOLITH', array['Asset']);
                    select strangler.fence_feature('products', 'MONOLITH', array['Product']);
                    select strangler.fence_table('assets', 'asset'), strangler.fence_table('assets', 'asset_tag');
                    select strangler.fence_table('products', 'product'), strangler.fence_table('products', 'product_image'),
                           strangler.fence_table('products', 'product_sale');
                    grant select on strangler.outbox to %1$s_relay;
                    grant select on strangler.outbox, strangler.assets_state, strangler.products_state to %1$s_verifier;
                    grant select on product, product_names to %1$s_reports;
                    """.formatted(database.name()));
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private FeatureMap map(Path directory) throws IOException {
        return FeatureMap.load(
                Files.writeString(directory.resolve("strangler.yml"), """
                monolith: &process
                  url: http://127.0.0.1:8090
                  database:
                    url: %1$s
                    owner: {name: %2$s, password: x}
                    relay: {name: %3$s_relay, password: x}
                    verifier: {name: %3$s_verifier, password: x}
                services: {dam: *process, pim: *process}
                kafka: {bootstrap: 127.0.0.1:9092}
                connect: {url: http://127.0.0.1:8083}
                features:
                  assets:
                    service: dam
                    paths: [/assets]
                    aggregates: [Asset]
                    topic: assets.v1
                    tables: {monolith: [asset, asset_tag], service: [asset]}
                    packages: {monolith: [dev.strangler.architecture.fixtures.database.assets], service: [dam]}
                  products:
                    service: pim
                    paths: [/products]
                    aggregates: [Product]
                    topic: products.v1
                    tables: {monolith: [product, product_image, product_sale], service: [product]}
                    packages: {monolith: [%4$s], service: [pim]}
                """.formatted(
                                database.jdbcUrl(), database.username(), database.name(), PRODUCT_CODE)),
                Map.of());
    }
}
