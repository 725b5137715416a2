package dev.strangler.architecture.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {

    private final Statements statements = new Statements();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            insert into asset (id) values (?)                                                   | INSERT asset
            insert into asset select * from draft                                               | INSERT asset
            update only public."asset" set x = 1                                                | UPDATE asset
            UPDATE asset a SET x = 1 FROM b WHERE a.id = b.id                                   | UPDATE asset
            update a join b on a.id = b.id set a.x = 1, b.y = 2                                 | UPDATE a, UPDATE b
            DELETE  FROM asset_tag where id = ?                                                 | DELETE asset_tag
            delete a from asset a join b on true                                                | DELETE asset
            truncate table product                                                              | TRUNCATE product
            truncate only a, b cascade                                                          | TRUNCATE a, TRUNCATE b
            merge into product p using x on true when matched then delete                       | MERGE product
            copy asset from stdin                                                               | COPY asset
            with g as (delete from a returning id), h as (select 1) update b set x = 1          | DELETE a, UPDATE b
            with g as (insert into a values (1) returning id) select * from g                   | INSERT a
            explain analyze delete from a                                                       | DELETE a
            create table if not exists a (id int references b on delete cascade)                | CREATE a, DELETE a
            create table a (id int references b (id) on delete set null on update cascade)      | CREATE a, UPDATE a, UPDATE a
            alter table only a add constraint k foreign key (b_id) references b (id)            | ALTER a
            alter table a disable trigger all                                                   | ALTER a, BYPASS a
            set session session_replication_role = replica                                      | BYPASS session_replication_role
            reset role                                                                          | BYPASS role
            create unique index concurrently i on a (x)                                         | ALTER a
            create trigger t after insert or update of x on a for each row execute function f() | ALTER a
            drop table if exists a, b                                                           | DROP a, DROP b
            do $$ begin update a set x = 1; end $$                                              | UPDATE a
            create function f() returns int language sql as $$ delete from a $$                 | DELETE a
            create function f() returns int language sql as 'delete from a'                     | DELETE a
            do 'begin delete from a; end'                                                       | DELETE a
            create function f() returns int begin atomic delete from a; update b set x = 1; end | DELETE a, UPDATE b
            do $$ begin alter table a disable trigger all; end $$                               | ALTER a, BYPASS a
            do $$ begin set local session_replication_role = replica; drop table a; end $$      | BYPASS session_replication_role, DROP a
            do $$ begin perform set_config('role', 'x', true); end $$                           | BYPASS role
            create rule r as on delete to a do also update b set x = 1                          | ALTER a, UPDATE b
            create rule r as on delete to a do instead (delete from b; insert into c values (1)) | ALTER a, DELETE b, INSERT c
            create rule r as on delete to a do instead nothing                                  | ALTER a
            select x into b from a                                                              | CREATE b
            drop trigger strangler_fence on a                                                   | BYPASS a
            drop trigger if exists audit on a                                                   | ALTER a
            drop function strangler.fence_table(text, text) cascade                             | DROP strangler.fence_table
            drop schema if exists strangler cascade                                             | DROP strangler.*
            alter table a enable trigger strangler_fence                                        | ALTER a, BYPASS a
            alter table a enable replica trigger t                                              | ALTER a, BYPASS a
            alter table a enable always trigger strangler_fence                                 | ALTER a
            select set_config('session_replication_role', 'replica', true)                      | BYPASS session_replication_role
            """)
    void a_statement_names_what_it_writes(String sql, String expected) {
        var reading = statements.sql(sql);
        assertThat(reading.unreadable()).isEmpty();
        assertThat(String.join(
                        ", ",
                        reading.writes().stream()
                                .map(SqlWrite::normalized)
                                .map(write -> write.verb() + " " + write.table())
                                .toList()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from asset for update of asset nowait",
                "select 'delete from asset', \"update\" from asset -- delete from asset",
                "with a as (select 1) select * from a where x in (select 2)",
                "explain delete from asset",
                "copy asset to stdout",
                "set lock_timeout = 1",
                "comment on table asset is 'update'",
                "create view v as select * from asset",
                "create event trigger t on ddl_command_end execute function f()",
                "create publication p for table asset",
                "select x into temp b from a",
                "select set_config('strangler.author', 'assets', true)",
                "with a as (select 1) select * from a where x in (1) \uE0FF",
                "drop function f() cascade",
                "do $$ begin execute format('grant select on %I to %I', t, r); execute 'grant r to ' || quote_ident(x); end $$",
                "{? = select 1}"
            })
    void reading_is_no_write(String sql) {
        assertThat(statements.sql(sql)).isEqualTo(new SqlReading(List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call purge()",
                "{call purge(?)}",
                "{? = call purge(?)}",
                "update \uE0FF set x = 1",
                "delete from prefix_\uE000 where id = 1",
                "\uE0FF asset",
                "with a as (\uE000) select * from a",
                "with a as (select 1) \uE0FF",
                "select dblink_exec('x', 'delete from a')",
                "do $$ begin execute 'delete from ' || t; end $$",
                "do $$ begin execute format('delete from %I', t); end $$",
                "do $$ begin execute t; end $$",
                "frobnicate asset"
            })
    void what_cannot_be_read_says_so(String sql) {
        assertThat(statements.sql(sql).unreadable()).hasSize(1);
    }

    @Test
    void a_hole_where_only_a_value_or_a_condition_can_stand_does_no_harm() {
        assertThat(statements.sql("update asset set x = '\uE000' where \uE0FF").unreadable())
                .isEmpty();
        assertThat(statements.sql("select * from \uE0FF order by \uE001").unreadable())
                .isEmpty();
    }

    @Test
    void both_readers_agree_or_neither_is_believed() {
        // Two tables for this reader, one for the parser: an alias in a place where dialects differ.
        var first = new SqlReading(List.of(new SqlWrite(Verb.DELETE, "a"), new SqlWrite(Verb.DELETE, "b")), List.of());
        assertThat(SecondOpinion.on("delete from a", first).unreadable())
                .singleElement()
                .asString()
                .contains("read differently");
        var second = new SqlReading(List.of(new SqlWrite(Verb.DELETE, "a")), List.of());
        assertThat(SecondOpinion.on("delete from a", second)).isEqualTo(second);
        assertThat(SecondOpinion.on("delete from only from from a", second)).isEqualTo(second);
    }

    @Test
    void objects_are_queried_by_name() {
        assertThat(statements.jpql("delete from com.acme.Order o where o.x = 1").writes())
                .containsExactly(new SqlWrite(Verb.DELETE, "com.acme.Order"));
        assertThat(statements.jpql("update versioned Order set x = 1").writes())
                .containsExactly(new SqlWrite(Verb.UPDATE, "Order"));
        assertThat(statements.jpql("from Order").writes()).isEmpty();
    }
}
