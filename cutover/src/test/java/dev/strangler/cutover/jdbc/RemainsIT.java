package dev.strangler.cutover.jdbc;

import static dev.strangler.cutover.jdbc.FencedFeature.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.jdbc.Remains.Remain;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a feature in a database, and the script that removes it. */
@WithInfrastructure
class RemainsIT {

    private Database database;
    private FencedFeature feature;
    private String table;

    @BeforeEach
    void seal(Infrastructure infrastructure) {
        database = infrastructure.database();
        feature = FencedFeature.closed(database);
        table = feature.table;
        feature.fence.seal(new OperationId("seal-1"), PATIENCE);
    }

    @Test
    void tables_and_fence_are_found_even_if_nobody_remembers_the_tables() {
        assertThat(said(remains(Set.of(table, "entirely_unknown")).all()))
                .containsExactly(
                        "the fence of '%s': its row, guard and sequences, and triggers on %s, %s"
                                .formatted(feature.name, feature.partitioned, table),
                        "tables %s, %s".formatted(feature.partitioned, table));
        assertThat(remains(Set.of()).all()).isEqualTo(remains(Set.of(table)).all());
    }

    @Test
    void the_script_removes_all_that_hangs_on_the_tables_in_an_order_that_works() {
        feature.execute("create table note_of_%s (thing int references %s)", table, table);
        feature.execute("create view strangler.\"%s_state\" as select id, name from %s", feature.name, table);
        feature.execute(
                "create materialized view report_of_%s as select count(*) from strangler.\"%s_state\"",
                table, feature.name);
        feature.execute("create view top_of_%s as select * from report_of_%s, %s", table, table, feature.partitioned);
        feature.execute("create function name_of(%s) returns text language sql return $1.name", table);
        feature.execute(
                "create function noted_%s() returns trigger language plpgsql as 'begin return null; end'", table);
        feature.execute(
                "create trigger noted after insert on %s for each statement execute function noted_%s()", table, table);
        feature.execute("insert into strangler.inbox_consumes values ('intake-of-%s', '%s')", table, feature.type);
        feature.execute("insert into strangler.inbox_consumes values ('others-of-%s', '%s')", table, feature.type);
        feature.execute("insert into strangler.inbox_ended (consumer) values ('intake-of-%s')", table);
        var all = remains(Set.of(table, feature.partitioned)).all();
        assertThat(said(all))
                .contains("foreign key note_of_%1$s_thing_fkey of note_of_%1$s, which refers to %1$s".formatted(table))
                .contains("what consumer intake-of-%s remembers of the topics that it applied".formatted(table))
                .noneMatch(what -> what.contains("others-of"))
                .hasSize(9);

        feature.execute(all.stream()
                .map(Remain::removal)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n", "begin;\n", "\ncommit;")));

        assertThat(remains(Set.of(table, feature.partitioned)).all()).isEmpty();
        feature.execute("insert into note_of_%s values (1)", table);
    }

    @Test
    void a_fence_that_was_taken_down_halfway_by_hand_is_found_piece_by_piece() {
        feature.execute("delete from strangler.fence where feature = '%s'", feature.name);
        feature.execute("drop table %s, %s", table, feature.partitioned);
        var left = remains(Set.of()).all();
        assertThat(said(left)).hasSize(29).allMatch(what -> what.matches("(function|sequence) strangler.*"));
        left.forEach(piece -> feature.execute(String.valueOf(piece.removal()).replace("%", "%%")));
        assertThat(remains(Set.of()).all()).isEmpty();
    }

    private static List<String> said(List<Remain> remains) {
        return remains.stream().map(Remain::what).toList();
    }

    private Remains remains(Set<String> tables) {
        return new Remains(
                database.dataSource(),
                new Feature(
                        feature.name,
                        "service",
                        List.of("/things"),
                        Set.of(feature.type),
                        "things.v1",
                        Map.of(Side.MONOLITH, tables),
                        Map.of()),
                tables);
    }
}
