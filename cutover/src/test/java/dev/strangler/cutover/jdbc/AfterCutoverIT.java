package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.SettlingLater;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handover leaves behind: answers that are asked for again, and the last word in the log. */
@WithInfrastructure
@Timeout(240)
class AfterCutoverIT extends BetweenDatabases {

    /** Its command commits behind the first copy and dates from before it, and an owner without the right does not see it coming. */
    @Test
    void an_answer_of_a_role_that_nobody_may_see_is_carried_all_the_same(Infrastructure infrastructure)
            throws SQLException {
        var source = traffic.route().writes();
        var server = infrastructure.postgresServer();
        var name = moved.database(source).name();
        try (var stranger = server.dataSource(name, server.superuser(), server.superuserPassword())
                        .getConnection();
                var statement = stranger.createStatement()) {
            statement.execute(
                    "create role unseeing login password 'unseeing'; grant usage on schema strangler to unseeing;"
                            + " grant select on strangler.idempotency_key to unseeing");
            var answers = new JdbcAnswers(
                    moved.feature.name(),
                    server.dataSource(name, "unseeing", "unseeing"),
                    moved.dataSource(source.other()));
            stranger.setAutoCommit(false);
            statement.execute("""
                    insert into strangler.idempotency_key (feature, key, operation, fingerprint, status, headers, body)
                    values ('counters', 'unseen', 'POST /counters', 'f', 201, '{}', 'done')
                    """);
            var before = answers.carry(null);
            stranger.commit();
            assertThat(answers.carry(before.upTo()).count()).isEqualTo(1);
            stranger.setAutoCommit(true);
            statement.execute("drop owned by unseeing; drop role unseeing");
        }
        for (var side : Side.values()) {
            moved.at(side).sql("delete from strangler.idempotency_key").update();
        }
    }

    @Test
    void who_repeats_a_command_after_the_handover_gets_the_answer_of_before() {
        var source = traffic.route().writes();
        for (var key : List.of("first", "second")) {
            moved.at(source).sql("""
                            insert into strangler.idempotency_key (feature, key, operation, fingerprint, status, headers, body)
                            values ('counters', ?, 'POST /counters', 'f', 201, '{"ETag": ["1"]}', 'done')
                            """).param(key).update();
        }
        moved.at(source)
                .sql(
                        "insert into strangler.idempotency_key (feature, key, operation, fingerprint, status) values ('others', 'third', 'POST', 'f', 200)")
                .update();
        assertThat(handOver().ending()).isEqualTo(Ending.DONE);
        var carried = moved.at(source.other())
                .sql(
                        "select key || ' ' || status || ' ' || convert_from(body, 'UTF8') || ' ' || headers from strangler.idempotency_key order by 1")
                .query(String.class)
                .list();
        assertThat(carried)
                .containsExactly("first 201 done {\"ETag\": [\"1\"]}", "second 201 done {\"ETag\": [\"1\"]}");
    }

    /** Slots without a connector: their positions are moved as one would. */
    @Test
    void the_last_word_on_every_aggregate_is_the_new_owners_when_the_former_ones_relay_began_anew() throws Exception {
        var source = traffic.route().writes();
        makeSlot(source);
        try (var writer = moved.dataSource(source.other()).getConnection()) {
            writer.setAutoCommit(false);
            var conclusion = run(next(), entry -> {
                if (entry.step() == StepName.SETTLE && entry.outcome() == JournalEntry.Outcome.BEGAN) {
                    raise(writer, source.other(), "counter-3");
                    raise(writer, source.other(), "counter-3");
                    moved.at(source)
                            .sql("select pg_replication_slot_advance(?, pg_current_wal_insert_lsn())::text")
                            .param(slot(source))
                            .query(String.class)
                            .single();
                }
            });
            assertThat(conclusion.ending()).as(conclusion.reason()).isEqualTo(Ending.DONE);
            assertThat(conclusion.remarks()).isEmpty();
            var said = sayings(source.other());
            assertThat(said.get(0)).isEqualTo(said.get(1)).isNotEqualTo(said.get(2));
            assertThat(said.get(0).get(1)).isEqualTo(traffic.route().epoch().value());

            // The slot of the new owner exists now as well, and nobody moves it.
            var stuck = handOverStuck(source.other());
            assertThat(stuck.remarks())
                    .singleElement()
                    .satisfies(remark -> assertThat(remark).contains("has not confirmed within 1000 ms"));
        } finally {
            dropSlots();
        }
        assertOneOwner();
    }

    @Test
    void a_relay_that_was_recovered_later_is_followed_by_the_owners_newest_events_once_it_is_past_what_it_repeats()
            throws Exception {
        var source = traffic.route().writes();
        var operation = handOver().operation();
        try (var writer = moved.dataSource(source.other()).getConnection()) {
            writer.setAutoCommit(false);
            raise(writer, source.other(), "counter-3");
        }
        makeSlot(source);
        try {
            appendAgain(source);
            var words = new JdbcLastWords(control);
            var settling = new SettlingLater(words, new JdbcJournal(control, "nobody", LEASE));
            words.reopen(operation.id(), participants().echoes().end(source), "recovered");
            assertThat(words.open()).extracting(Operation::id).contains(operation.id());
            assertThat(settling.look(operation, participants())).isEmpty();

            await().untilAsserted(() -> {
                advance(source);
                assertThat(settling.look(operation, participants()))
                        .hasValueSatisfying(said -> assertThat(said).contains("events were said again"));
            });
            assertThat(words.open()).extracting(Operation::id).doesNotContain(operation.id());
            assertThat(sayings(source.other()).subList(0, 2))
                    .containsOnly(sayings(source.other()).get(0));
        } finally {
            dropSlots();
        }
    }

    /** What a recovery does at a side that is closed: it passes the fence. */
    private void appendAgain(Side side) {
        moved.at(side)
                .sql("select strangler.outbox_append_again('0/0')")
                .query(Long.class)
                .single();
    }

    private List<List<Long>> sayings(Side owner) {
        return moved.at(owner)
                .sql(
                        "select aggregateversion, epoch from strangler.outbox where aggregateid = 'counter-3' order by lsn desc limit 3")
                .query((row, number) -> List.of(row.getLong(1), row.getLong(2)))
                .list();
    }

    private void makeSlot(Side side) {
        moved.at(side)
                .sql("select pg_create_logical_replication_slot(?, 'pgoutput')::text")
                .param(slot(side))
                .query(String.class)
                .single();
    }

    private void advance(Side side) {
        moved.at(side)
                .sql("select pg_replication_slot_advance(?, pg_current_wal_lsn())::text")
                .param(slot(side))
                .query(String.class)
                .single();
    }

    private void dropSlots() {
        for (var side : Side.values()) {
            moved.at(side)
                    .sql(
                            "select pg_drop_replication_slot(slot_name)::text from pg_replication_slots where database = current_database()")
                    .query(String.class)
                    .list();
        }
    }

    private Conclusion handOverStuck(Side source) {
        makeSlot(source);
        return handOver();
    }

    private static void raise(Connection connection, Side side, String id) {
        try {
            MovedFeature.raise(connection, side, id);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
