package dev.strangler.facade.sides;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a side's database has written so far, all features together; two looks make a rate.
 *
 * @param events appended to the outbox since the server's statistics began
 * @param logBytes written to the write-ahead log, ever
 */
public record Pulse(long events, long logBytes) {

    /** Looks at that side's database now. */
    public static Pulse of(SideDatabases databases, String side) {
        return JdbcClient.create(databases.of(side))
                .sql("""
                        select (select coalesce(sum(n_tup_ins), 0)::bigint from pg_stat_user_tables
                                 where schemaname = 'strangler' and relname ~ '^outbox_(default|[0-9]{8})$') as events,
                               (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint as log_bytes
                        """)
                .query((row, number) -> new Pulse(row.getLong("events"), row.getLong("log_bytes")))
                .single();
    }
}
