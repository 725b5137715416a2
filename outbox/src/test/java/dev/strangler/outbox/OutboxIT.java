package dev.strangler.outbox;

import static dev.strangler.outbox.Publisher.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@WithInfrastructure
class OutboxIT {

    private static Publisher publisher;
    private static Infrastructure infrastructure;

    @BeforeAll
    static void start(Infrastructure given) {
        infrastructure = given;
        publisher = new Publisher(given.database(), Map.of("Asset", "assets.v1"));
        publisher.jdbc().execute("create table asset (id text primary key)");
    }

    @AfterAll
    static void stop() {
        publisher.close();
    }

    @Test
    void an_event_commits_and_rolls_back_with_the_change() {
        publisher.transactions().executeWithoutResult(status -> {
            publisher.jdbc().update("insert into asset values ('kept')");
            publisher.outbox().append(event("kept", 1, "{}"));
        });
        publisher.transactions().executeWithoutResult(status -> {
            publisher.jdbc().update("insert into asset values ('dropped')");
            publisher.outbox().append(event("dropped", 1, "{}"));
            status.setRollbackOnly();
        });
        assertThat(ids("kept")).containsExactly("monolith-Asset-kept-v1");
        assertThat(ids("dropped")).isEmpty();
    }

    @Test
    void outside_a_transaction_nothing_is_appended_and_the_message_says_so() {
        assertThatThrownBy(() -> publisher.outbox().append(event("outside", 1, "{}")))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("AssetTagged of Asset outside")
                .hasMessageContaining("no transaction")
                .hasMessageContaining("@Transactional");
        assertThat(ids("outside")).isEmpty();
    }

    @Test
    void a_read_only_transaction_is_refused() {
        var readOnly = new DefaultTransactionDefinition();
        readOnly.setReadOnly(true);
        assertThatThrownBy(() -> inTransaction(readOnly, "read-only"))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("read-only");
    }

    @Test
    void a_transaction_on_another_database_is_refused() {
        var other = new TransactionTemplate(
                new JdbcTransactionManager(infrastructure.database("other").dataSource()));
        assertThatThrownBy(() ->
                        other.executeWithoutResult(status -> publisher.outbox().append(event("elsewhere", 1, "{}"))))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("not one on the outbox's DataSource");
        assertThat(ids("elsewhere")).isEmpty();
    }

    @Test
    void a_data_source_that_knows_of_transactions_is_looked_through() {
        var proxy = new TransactionAwareDataSourceProxy(publisher.dataSource());
        var outbox = Outboxes.on(proxy, new Origin("monolith"), new EventTopics(Map.of("Asset", "assets.v1")))
                .open();
        publisher.transactions().executeWithoutResult(status -> {
            outbox.append(event("proxied", 1, "{}"));
            status.setRollbackOnly();
        });
        assertThat(ids("proxied")).isEmpty();
    }

    @Test
    void a_check_that_refuses_stops_the_business_change_too() {
        var outbox = Outboxes.on(
                        publisher.dataSource(), new Origin("monolith"), new EventTopics(Map.of("Asset", "assets.v1")))
                .checking(event -> {
                    throw new AppendRefused("not in the contract");
                })
                .open();
        assertThatThrownBy(() -> publisher.transactions().executeWithoutResult(status -> {
                    publisher.jdbc().update("insert into asset values ('unchecked')");
                    outbox.append(event("unchecked", 1, "{}"));
                }))
                .isInstanceOf(AppendRefused.class)
                .hasMessage("not in the contract");
        assertThat(publisher.jdbc().queryForList("select id from asset where id = 'unchecked'"))
                .isEmpty();
    }

    @Test
    void the_events_of_a_transaction_are_told_after_its_commit_only() {
        List<String> told = new ArrayList<>();
        var outbox = Outboxes.on(
                        publisher.dataSource(), new Origin("monolith"), new EventTopics(Map.of("Asset", "assets.v1")))
                .telling(events -> events.forEach(event -> told.add(event.aggregateId())))
                .open();
        publisher.transactions().executeWithoutResult(status -> {
            outbox.append(event("first", 1, "{}"));
            outbox.append(event("second", 1, "{}"));
            inItsOwnTransaction(outbox, "inner");
            assertThat(told).containsExactly("inner");
        });
        publisher.transactions().executeWithoutResult(status -> {
            outbox.append(event("third", 1, "{}"));
            status.setRollbackOnly();
        });
        assertThat(told).containsExactly("inner", "first", "second");
    }

    @Test
    void what_is_rolled_back_to_a_savepoint_is_not_told_and_what_surrounds_it_is() {
        List<CommittedEvent> told = new ArrayList<>();
        var outbox = Outboxes.on(
                        publisher.dataSource(), new Origin("monolith"), new EventTopics(Map.of("Asset", "assets.v1")))
                .telling(told::addAll)
                .open();
        publisher.transactions().executeWithoutResult(outer -> {
            nested(outbox, "too-early", true);
            outbox.append(event("around", 1, "{}"));
            nested(outbox, "around", false);
            nested(outbox, "taken-back", true);
            outbox.append(event("behind", 1, "{}"));
        });
        assertThat(told)
                .containsExactly(
                        new CommittedEvent("Asset", "around", 1),
                        new CommittedEvent("Asset", "around", 2),
                        new CommittedEvent("Asset", "behind", 1));
        assertThat(ids("taken-back")).isEmpty();
    }

    @Test
    void a_transaction_that_has_taken_back_all_its_events_tells_nothing() {
        List<List<CommittedEvent>> told = new ArrayList<>();
        var outbox = Outboxes.on(
                        publisher.dataSource(), new Origin("monolith"), new EventTopics(Map.of("Asset", "assets.v1")))
                .telling(told::add)
                .open();
        publisher.transactions().executeWithoutResult(outer -> nested(outbox, "all-back", true));
        assertThat(told).isEmpty();
    }

    @Test
    void where_nobody_listens_no_event_is_kept() {
        publisher.transactions().executeWithoutResult(status -> {
            publisher.outbox().append(event("unheard", 1, "{}"));
            assertThat(TransactionSynchronizationManager.hasResource(publisher.outbox()))
                    .isFalse();
        });
    }

    @Test
    void rows_cannot_be_changed_or_removed_not_even_in_a_partition() {
        publisher.publish("frozen", 1);
        for (var statement : List.of(
                "update strangler.outbox set payload = '{}' where aggregateid = 'frozen'",
                "delete from strangler.outbox where aggregateid = 'frozen'",
                "delete from strangler." + today() + " where aggregateid = 'frozen'",
                "truncate strangler.outbox",
                "truncate strangler." + today())) {
            assertThatThrownBy(() -> publisher.jdbc().execute(statement))
                    .as(statement)
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("append-only")
                    .hasMessageContaining("outbox_drop");
        }
        assertThat(ids("frozen")).hasSize(1);
    }

    @Test
    void the_publication_publishes_the_root_and_nothing_but_inserts() {
        assertThat(publisher
                        .jdbc()
                        .queryForList(
                                "select tablename::text from pg_publication_tables where pubname = 'strangler_outbox'",
                                String.class))
                .containsExactlyInAnyOrder("outbox", "relay_heartbeat");
        assertThat(publisher
                        .jdbc()
                        .queryForMap(
                                "select pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot from pg_publication"))
                .containsEntry("pubinsert", true)
                .containsEntry("pubupdate", false)
                .containsEntry("pubdelete", false)
                .containsEntry("pubtruncate", false)
                .containsEntry("pubviaroot", true);
    }

    @Test
    void what_the_relay_takes_no_notice_of_is_not_published() {
        assertThat(publisher
                        .jdbc()
                        .queryForObject(
                                "select array_to_string(attnames, ' ') from pg_publication_tables where tablename = 'outbox'",
                                String.class))
                .contains("payload", "occurredat", "epoch")
                .doesNotContain("lsn", "created_at");
    }

    @Test
    void a_moment_in_the_notation_of_postgresql_is_kept_in_that_of_the_readers() {
        for (var moment : List.of("timestamptz '2026-11-21 13:00:00.5+01'", "'2026-11-21T12:00:00.500000Z'")) {
            publisher.jdbc().execute("""
                    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion,
                                                  schemaversion, occurredat)
                    values ('x', 'Asset', 'by-hand', 'AssetUploaded', 'assets.v1', '{}', 'monolith', 1, 1, %s)
                    """.formatted(moment));
        }
        assertThat(publisher
                        .jdbc()
                        .queryForList(
                                "select occurredat from strangler.outbox where aggregateid = 'by-hand'", String.class))
                .containsExactly("2026-11-21T12:00:00.500000Z", "2026-11-21T12:00:00.500000Z");
    }

    @Test
    void migrating_again_changes_nothing() {
        StranglerSchema.migrate(publisher.dataSource());
        assertThat(publisher.jdbc().queryForObject("select count(*) from public.asset", Long.class))
                .isNotNull();
    }

    private static void inTransaction(TransactionDefinition definition, String id) {
        new TransactionTemplate(new JdbcTransactionManager(publisher.dataSource()), definition)
                .executeWithoutResult(status -> publisher.outbox().append(event(id, 1, "{}")));
    }

    private static void inItsOwnTransaction(Outbox outbox, String id) {
        var apart = new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        new TransactionTemplate(new JdbcTransactionManager(publisher.dataSource()), apart)
                .executeWithoutResult(status -> outbox.append(event(id, 1, "{}")));
    }

    private static void nested(Outbox outbox, String id, boolean rolledBack) {
        var nested = new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED);
        new TransactionTemplate(publisher.transactions().getTransactionManager(), nested)
                .executeWithoutResult(status -> {
                    outbox.append(event(id, 2, "{}"));
                    if (rolledBack) {
                        status.setRollbackOnly();
                    }
                });
    }

    private static String today() {
        return publisher
                .jdbc()
                .queryForObject("select 'outbox_' || to_char(now() at time zone 'UTC', 'YYYYMMDD')", String.class);
    }

    private static List<String> ids(String aggregateId) {
        return new JdbcTemplate(publisher.dataSource())
                .queryForList("select id from strangler.outbox where aggregateid = ?", String.class, aggregateId);
    }
}
