package dev.strangler.architecture.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.architecture.assess.HiddenWriters.Hidden;
import dev.strangler.architecture.database.Catalog;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What no reading of code can see is told from a real database, what crosses parts first. */
@WithInfrastructure
class HiddenWritersIT {

    private static List<Hidden> hidden;

    @BeforeAll
    static void ask(Infrastructure infrastructure) throws SQLException {
        try (var connection = infrastructure.database().dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                create table pets (id int primary key);
                create table visits (pet int references pets on delete cascade, at date);
                create table bills (pet int references pets, amount numeric);
                create table notes (pet int references pets on update set null, text text);
                create function bill() returns trigger language plpgsql as 'begin insert into bills values (new.pet, 10); return new; end';
                create trigger bill after insert on visits for each row execute function bill();
                create function note() returns trigger language plpgsql as 'begin execute tg_argv[0]; return new; end';
                create trigger note after insert on pets for each row execute function note('select 1');
                create rule forget as on delete to bills do also delete from visits where pet = old.pet;
                create function forgive(which int) returns void language sql security definer as 'delete from bills where pet = which';
                create view open_bills as select pet, amount from bills;
                create view own_bills with (security_invoker) as select pet, amount from bills;
                """);
            hidden = HiddenWriters.of(
                    Catalog.of(connection),
                    Map.of("pets", "owner", "visits", "owner", "bills", "billing", "notes", "owner"));
        }
    }

    @Test
    void what_crosses_parts_comes_first() {
        assertThat(hidden.subList(0, 2))
                .allMatch(Hidden::isAcross)
                .extracting(Hidden::told)
                .containsExactly(
                        "trigger bill on visits, by bill, writes bills.", "rule forget on bills writes visits.");
    }

    @Test
    void keys_functions_and_views_within_a_part_are_told_and_nothing_twice() {
        assertThat(hidden)
                .filteredOn(one -> !one.isAcross() && !one.table().isEmpty())
                .extracting(Hidden::told)
                .containsExactlyInAnyOrder(
                        "function forgive, with its owner's rights, writes bills.",
                        "view open_bills lets its users write, with its owner's rights, bills.",
                        "foreign key notes_pet_fkey: a change of pets writes notes (on update set null).",
                        "foreign key visits_pet_fkey: a change of pets writes visits (on delete cascade).");
    }

    @Test
    void a_function_that_puts_its_statements_together_is_told_as_unreadable() {
        assertThat(hidden)
                .filteredOn(one -> one.table().isEmpty())
                .singleElement()
                .satisfies(one -> assertThat(one.told())
                        .startsWith("trigger note on pets, by note, may write what can't be known: "));
    }
}
