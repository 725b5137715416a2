package dev.strangler.architecture.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.database.Catalog;
import dev.strangler.architecture.database.Explaining;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.Holes;
import dev.strangler.architecture.writes.SqlText;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is asked what the statements of a code base write, and whether the rights of their feature suffice. */
@WithInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsOnDatabaseIT {

    private static final String PLANNED = ShopDatabase.PRODUCT_CODE + ".Planned.";

    private ShopDatabase shop;
    private Connection connection;
    private Judgement judgement;

    @BeforeAll
    void judge(Infrastructure infrastructure, @TempDir Path directory) throws IOException, SQLException {
        shop = new ShopDatabase(infrastructure.database(), directory);
        connection = shop.database.dataSource().getConnection();
        ShopDatabase.run(connection, "create view asset_list with (security_invoker) as select id, status from asset");
        judgement = DatabaseLaws.forMonolith(shop.map)
                .judge(connection, Writes.of(CodeBase.ofPackages("dev.strangler.architecture.fixtures.database")));
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void statements_that_write_their_own_feature_pass() {
        assertThat(judgement.findings()).noneMatch(finding -> finding.key().contains(PLANNED + "lawful"));
    }

    @Test
    void a_foreign_table_behind_a_view_is_found_and_its_rights_refused() {
        assertThat(ofTheseFixtures(Law.W7)).singleElement().satisfies(finding -> {
            assertThat(finding.key()).startsWith("W7 " + PLANNED + "foreignThroughView asset");
            assertThat(finding.feature()).isEqualTo("products");
            assertThat(finding.message())
                    .contains(
                            "By PostgreSQL's plan",
                            "[UPDATE asset]",
                            "With the rights of products alone it is refused");
        });
    }

    @Test
    void a_statement_that_the_database_cannot_plan_is_a_finding() {
        assertThat(ofTheseFixtures(Law.W8))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("colour", "can't plan"));
    }

    @Test
    void of_what_is_not_known_whole_only_writes_are_asked_about() throws SQLException {
        assertThat(judge(unknownAfter("select count(*) ")).findings()).isEmpty();
        assertThat(judge(unknownAfter("update product set ")).of(Law.W8))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("can't plan"));
    }

    private static SqlText unknownAfter(String beginning) {
        return new SqlText(Place.at(PLANNED.replaceFirst("\\.$", ""), "unknown"), beginning + Holes.UNKNOWN, false);
    }

    @Test
    void another_table_of_that_name_is_a_disagreement_with_the_parser() throws SQLException {
        ShopDatabase.run(connection, "create schema archive; create table archive.product (id text, name text)");
        ShopDatabase.run(connection, "set search_path = archive, public");
        try {
            assertThat(judge(new SqlText(
                                    Place.at(PLANNED.replaceFirst("\\.$", ""), "renames"),
                                    "update product set name = ?",
                                    false))
                            .of(Law.W8))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message())
                            .contains("[UPDATE archive.product]", "this kit reads [UPDATE product]"));
        } finally {
            ShopDatabase.run(connection, "drop schema archive cascade; reset search_path");
        }
    }

    @Test
    void a_script_is_judged_by_the_rows_that_its_plans_change() throws SQLException {
        var both =
                "update asset_list set status = 'x'; insert into product (id) select id from no_longer_there; delete from product;";
        assertThat(judge(new SqlText(Place.in("db/migration/V9__both.sql"), both, true))
                        .of(Law.W10))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("assets and products"));
        assertThat(judge(new SqlText(Place.in("db/migration/V9__one.sql"), "delete from product", true))
                        .of(Law.W10))
                .isEmpty();
    }

    @Test
    void asking_leaves_nothing_behind() throws SQLException {
        try (var question = connection.createStatement();
                var roles =
                        question.executeQuery("select count(*) from pg_roles where rolname like 'strangler_law%'")) {
            assertThat(roles.next()).isTrue();
            assertThat(roles.getInt(1)).isZero();
        }
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void who_may_not_make_roles_or_read_fences_is_told_so(Infrastructure infrastructure) throws SQLException {
        var writes = Writes.of(CodeBase.ofPackages(ShopDatabase.PRODUCT_CODE));
        try (var reports = infrastructure
                .postgresServer()
                .dataSource(shop.database.name(), shop.database.name() + "_reports", "x")
                .getConnection()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> DatabaseLaws.forMonolith(shop.map).judge(reports, writes))
                    .withMessageContaining("may not read strangler.fence");
            assertThatIllegalStateException()
                    .isThrownBy(() -> Explaining.of(
                            reports,
                            Catalog.of(connection),
                            writes.statements(),
                            Owners.ofMonolith(shop.map).tables(),
                            place -> "products"))
                    .withMessageContaining("Connect as a superuser");
        }
    }

    /** Mapping files are read wherever they lie beside the classes, so those of other fixtures are, too. */
    private List<Finding> ofTheseFixtures(Law law) {
        return judgement.of(law).stream()
                .filter(finding -> finding.key().contains(".fixtures.database."))
                .toList();
    }

    private Judgement judge(SqlText text) throws SQLException {
        var catalog = Catalog.of(connection);
        var owners = Owners.ofMonolith(shop.map);
        var findings = new Findings();
        new JudgingStatements(owners, catalog, findings)
                .judge(Explaining.of(
                        connection,
                        catalog,
                        List.of(text),
                        owners.tables(),
                        place -> place.type() == null ? null : "products"));
        return new Judgement(findings.numbered());
    }
}
