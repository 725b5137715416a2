package dev.strangler.architecture.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.observed.ObservedWrite;
import dev.strangler.architecture.observed.Observing;
import dev.strangler.architecture.sql.Verb;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is really written is told from the log of a real database, with its author, whatever way it takes. */
@WithInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservedLawsIT {

    private ShopDatabase shop;
    private DataSource superuser;
    private Writes writes;
    private Observing observing;
    private Connection connection;

    @BeforeAll
    void make(Infrastructure infrastructure, @TempDir Path directory) throws IOException, SQLException {
        shop = new ShopDatabase(infrastructure.database(), directory);
        var server = infrastructure.postgresServer();
        superuser = server.dataSource(shop.database.name(), server.superuser(), server.superuserPassword());
        writes = Writes.of(CodeBase.ofPackages("dev.strangler.architecture.fixtures.database"));
    }

    @BeforeEach
    void begin() throws SQLException {
        observing = Observing.begin(superuser, shop.database.name());
        connection = shop.database.dataSource().getConnection();
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
        observing.close();
    }

    @Test
    void what_the_code_was_read_to_write_passes_and_the_recall_is_told() throws SQLException {
        as("products", "insert into product_sale values ('1', '2026-05-05'), ('2', '2026-05-06')");
        as("products", "insert into product values ('1', 'a'); update product set name = 'b' where id = '1'");
        as("inbox", "delete from product where id = '1'");
        var foretold = judge();
        assertThat(foretold.judgement().findings()).isEmpty();
        assertThat(foretold.told()).startsWith("5 rows of 4 kinds were written, 4 kinds of them foretold");
        assertThat(foretold.notSeen())
                .contains("products DELETE product_image")
                .doesNotContain("products UPDATE product");
    }

    @Test
    void what_is_rolled_back_was_not_written() throws SQLException {
        connection.setAutoCommit(false);
        ShopDatabase.run(connection, "insert into asset values ('1')");
        connection.rollback();
        assertThat(observing.collect()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(this::judge).withMessageContaining("nothing is proved");
    }

    @Test
    void a_write_of_another_feature_in_a_transaction_is_named() throws SQLException {
        as("products", "insert into product values ('2', 'a'); insert into asset values ('2')");
        assertThat(messages())
                .singleElement()
                .asString()
                .contains(
                        "INSERT on asset (owner: assets), 1 rows, in a transaction of products",
                        "exceptions/products.txt");
    }

    @Test
    void what_a_cascade_writes_has_the_author_of_the_transaction() throws SQLException {
        as("assets", "insert into asset values ('3'); insert into asset_tag values ('3', 't')");
        as("products", "delete from asset where id = '3'");
        assertThat(observing.collect()).anySatisfy(write -> {
            assertThat(write.table() + " " + write.verb()).isEqualTo("asset_tag DELETE");
            assertThat(write.teller())
                    .isNotNull()
                    .satisfies(teller -> assertThat(teller.author()).isEqualTo("products"));
        });
        assertThat(messages()).anyMatch(message -> message.contains("DELETE on asset_tag"));
    }

    @Test
    void somebody_at_the_keyboard_is_named() throws SQLException {
        ShopDatabase.run(connection, "set application_name = 'psql'");
        ShopDatabase.run(connection, "insert into product values ('4', 'a')");
        assertThat(messages())
                .singleElement()
                .asString()
                .contains("INSERT on product, 1 rows, by role " + shop.database.username(), "application 'psql'");
    }

    @Test
    void who_puts_triggers_out_of_force_is_seen_all_the_same() throws SQLException {
        ShopDatabase.run(connection, "alter table product disable trigger strangler_author");
        as("products", "insert into product values ('5', 'a')");
        assertThat(messages()).singleElement().asString().contains("triggers were put out of force");
    }

    @Test
    void a_role_of_the_features_own_need_not_say_more() throws SQLException {
        ShopDatabase.run(connection, "insert into product_sale values ('6', '2026-06-06')");
        assertThat(ObservedLaws.forMonolith(shop.map)
                        .writingAs(shop.database.username(), "products")
                        .judge(writes, observing.collect())
                        .judgement()
                        .findings())
                .isEmpty();
    }

    @Test
    void tables_that_come_later_parts_and_truncation_are_seen() throws SQLException {
        as("products", "create table later (x int); insert into later values (1)");
        as("products", "insert into product_sale_2026 values ('7', '2026-07-07'); truncate product_sale");
        assertThat(observing.collect())
                .allSatisfy(write -> assertThat(write.teller()).isNotNull())
                .extracting(ObservedWrite::table, ObservedWrite::verb)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("later", Verb.INSERT),
                        org.assertj.core.groups.Tuple.tuple("product_sale", Verb.INSERT),
                        org.assertj.core.groups.Tuple.tuple("product_sale", Verb.TRUNCATE));
    }

    private Foretold judge() throws SQLException {
        return ObservedLaws.forMonolith(shop.map).judge(writes, observing.collect());
    }

    private List<String> messages() throws SQLException {
        return judge().judgement().of(Law.W21).stream().map(Finding::message).toList();
    }

    private void as(String author, String sql) throws SQLException {
        connection.setAutoCommit(false);
        ShopDatabase.run(connection, "select set_config('strangler.author', '%s', true)".formatted(author));
        ShopDatabase.run(connection, sql);
        connection.commit();
        connection.setAutoCommit(true);
    }
}
