package dev.strangler.architecture.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.strangler.architecture.database.Catalog;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each law of a database on a real one: it passes as it is, and one statement makes it a breach. Nothing that a test does is committed. */
@WithInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseLawsIT {

    private ShopDatabase shop;
    private Connection connection;

    @BeforeAll
    void make(Infrastructure infrastructure, @TempDir Path directory) throws IOException, SQLException {
        shop = new ShopDatabase(infrastructure.database(), directory);
    }

    @BeforeEach
    void begin(Infrastructure infrastructure) throws SQLException {
        connection = infrastructure
                .postgresServer()
                .dataSource(shop.database.name(), "postgres", "postgres")
                .getConnection();
        connection.setAutoCommit(false);
        ShopDatabase.run(connection, "set local session authorization " + shop.database.username());
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void a_lawful_database_passes() throws SQLException {
        var catalog = Catalog.of(connection);
        assertThat(judge().findings()).isEmpty();
        assertThat(catalog.tables())
                .extracting(Catalog.Table::name)
                .contains("asset", "product_sale_2026", "strangler.outbox");
        assertThat(catalog.keys()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(catalog.fences()).hasSize(2);
        assertThat(catalog.roles())
                .extracting(Catalog.Role::name)
                .contains(name("_reports"), name("_applier"), name("_relay"))
                .doesNotContain("postgres");
    }

    @Test
    void a_database_without_tables_is_refused_instead_of_passing(Infrastructure infrastructure) throws SQLException {
        var empty = Catalog.of(infrastructure.database("empty").dataSource());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseLaws.forMonolith(shop.map).judge(empty))
                .withMessageContaining("every law would pass");
    }

    record Red(Law law, String key, String sql, String... told) {}

    static Stream<Red> breaches() {
        return Stream.of(
                new Red(Law.W0, "stray", "create table stray (id int)", "in no feature of the map"),
                new Red(Law.W0, "product_image missing", "drop table product_image", "has none of that name"),
                new Red(
                        Law.W11,
                        "product_image key fk",
                        "alter table product_image add constraint fk foreign key (asset_id) references asset on delete cascade",
                        "every delete of asset fails",
                        "alter table product_image drop constraint fk"),
                new Red(
                        Law.W11,
                        "product_image key fk",
                        "alter table product_image add constraint fk foreign key (asset_id) references asset on update set null"),
                new Red(Law.W11, "asset trigger count_up product", """
                        create function inner_count() returns void language plpgsql as 'begin update product set name = name; end';
                        create function count_up() returns trigger language plpgsql as 'begin perform inner_count(); return new; end';
                        create trigger count_up after insert on asset for each row execute function count_up()
                        """, "drop trigger count_up on asset"),
                new Red(
                        Law.W11,
                        "product rule also asset",
                        "create rule also as on delete to product do also update asset set status = 'TRASHED' where id = old.id",
                        "drop rule also on product"),
                new Red(
                        Law.W11,
                        "asset_list view asset",
                        "create view asset_list as select id, status from asset; grant update on asset_list to %s_reports",
                        "security_invoker"),
                new Red(
                        Law.W11,
                        "purge definer",
                        "create function purge() returns void language sql security definer begin atomic delete from asset; end",
                        "with the rights of",
                        "revoke execute"),
                new Red(
                        Law.W11,
                        "both_of_them routine",
                        "create procedure both_of_them() language sql as 'delete from asset_tag; delete from product_image'",
                        "assets and products"),
                new Red(
                        Law.W8,
                        "function anything",
                        "create function anything(t text) returns void language plpgsql security definer as 'begin execute t; end'",
                        "puts a statement together"),
                new Red(Law.W12, "asset fence", "alter table asset disable trigger strangler_fence", "disabled"),
                new Red(
                        Law.W12,
                        "asset fence",
                        "alter table asset enable trigger strangler_fence",
                        "session_replication_role"),
                new Red(
                        Law.W12,
                        "product_sale_2027 fence",
                        "create table product_sale_2027 partition of product_sale for values from ('2027-01-01') to ('2028-01-01')",
                        "has no fence"),
                new Red(Law.W12, "asset fence", """
                        drop trigger strangler_fence on asset;
                        create trigger strangler_fence before insert on asset for each statement execute function strangler.fence_guard_assets();
                        alter table asset enable always trigger strangler_fence
                        """, "covers some writes only"),
                new Red(Law.W12, "product trigger quiet", """
                        create function quiet() returns trigger language plpgsql as 'begin return new; end';
                        create trigger quiet after insert on product for each row execute function quiet();
                        alter table product disable trigger quiet
                        """),
                new Red(
                        Law.W12,
                        "%s_helper member of %s",
                        "reset session authorization; create role %s_helper login; grant %2$s to %s_helper",
                        "the owner of tables"),
                new Red(
                        Law.W12,
                        "%s_reports session_replication_role",
                        "reset session authorization; grant set on parameter session_replication_role to %s_reports"),
                new Red(
                        Law.W12,
                        "%s_reports bypassrls",
                        "reset session authorization; alter role %s_reports bypassrls"),
                new Red(
                        Law.W12,
                        "%s_reports writes all data",
                        "reset session authorization; grant pg_write_all_data to %s_reports"),
                new Red(
                        Law.W12,
                        "asset owner postgres",
                        "reset session authorization; alter table asset owner to postgres"),
                new Red(
                        Law.W13,
                        "%s_reports UPDATE asset",
                        "grant update on asset to %s_reports",
                        "revoke update on asset"),
                new Red(
                        Law.W13,
                        "%s_reports UPDATE:price asset",
                        "grant update (price) on asset to %s_reports",
                        "(price)"),
                new Red(
                        Law.W13,
                        "public DELETE product",
                        "grant delete on product to public",
                        "Role public may DELETE"),
                new Red(
                        Law.W13,
                        "%s_reports INSERT product_sale_2026",
                        "grant insert on product_sale_2026 to %s_reports"),
                new Red(
                        Law.W13,
                        "%s_reports INSERT product",
                        "reset session authorization; create role %s_writers; grant insert on product to %s_writers; grant %s_writers to %s_reports"),
                new Red(Law.W13, "%s_applier TRUNCATE asset", "grant truncate on asset to %s_applier"),
                new Red(
                        Law.W13,
                        "%s_applier lacks DELETE asset_tag",
                        "revoke delete on asset_tag from %s_applier",
                        "strangler.applier_table"),
                new Red(
                        Law.W13,
                        "%s_verifier lacks SELECT strangler.assets_state",
                        "revoke select on strangler.assets_state from %s_verifier"),
                new Red(
                        Law.W13,
                        "%s_relay lacks SELECT strangler.outbox",
                        "revoke select on strangler.outbox from %s_relay"),
                new Red(
                        Law.W14,
                        "aggregates of assets",
                        "select strangler.fence_feature('assets', 'MONOLITH', array['Asset', 'Picture'])",
                        "Picture"),
                new Red(
                        Law.W14,
                        "strangler.outbox guard",
                        "alter table strangler.outbox disable trigger strangler_fence",
                        "not always on"),
                new Red(
                        Law.W14,
                        "strangler.outbox_default guard",
                        "alter table strangler.outbox_default enable trigger strangler_fence"));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void one_statement_makes_it_a_breach(Red red) throws SQLException {
        ShopDatabase.run(connection, told(red.sql));
        assertThat(judge().of(red.law)).anySatisfy(finding -> {
            assertThat(finding.key()).startsWith(red.law + " " + told(red.key));
            assertThat(finding.message()).contains(finding.line(), "exceptions/" + finding.feature());
            assertThat(red.told)
                    .allSatisfy(told -> assertThat(finding.message()).contains(told));
        });
    }

    @Test
    void every_law_of_databases_has_a_statement_that_breaks_it() {
        assertThat(breaches().map(Red::law).distinct())
                .containsExactlyInAnyOrder(Law.W0, Law.W8, Law.W11, Law.W12, Law.W13, Law.W14);
    }

    @Test
    void what_stays_within_a_feature_is_no_breach() throws SQLException {
        ShopDatabase.run(connection, told("""
                create function touch() returns trigger language plpgsql as 'begin update asset set status = status; return new; end';
                create trigger touch after insert on asset_tag for each row execute function touch();
                create view asset_list as select id, status from asset;
                grant select on asset_list to %s_reports;
                create function purge() returns void language sql security definer as 'delete from asset';
                revoke execute on function purge() from public;
                grant select, references, trigger on product to %s_reports;
                """));
        assertThat(judge().findings()).isEmpty();
    }

    private Judgement judge() throws SQLException {
        return DatabaseLaws.forMonolith(shop.map).judge(Catalog.of(connection));
    }

    private String name(String suffix) {
        return shop.database.name() + suffix;
    }

    /** {@code %s} is the name of the database, {@code %2$s} its owner. */
    private String told(String text) {
        return text.replace("%2$s", shop.database.username())
                .replace("member of %s", "member of " + shop.database.username())
                .replace("%s", shop.database.name());
    }
}
