-- The transactional outbox: append-only, range-partitioned by day (UTC), read by the relay from the write-ahead log.

create table strangler.outbox (
    id               text        not null, -- <origin>-<Aggregate>-<id>-v<version>; no unique index: the aggregate's own version guards it
    aggregatetype    text        not null,
    aggregateid      text        not null,
    type             text        not null,
    topic            text        not null,
    payload          text        not null, -- text, not jsonb: arrives byte by byte as written, and costs the writer no parsing
    origin           text        not null,
    epoch            bigint      not null default 0,
    aggregateversion bigint      not null,
    schemaversion    integer     not null,
    occurredat       timestamptz not null,
    traceparent      text,
    lsn              pg_lsn      not null default pg_current_wal_insert_lsn(), -- never after the commit; compared with the slot's position
    created_at       timestamptz not null default now()
) partition by range (created_at);

-- Catches a row whose day has no partition, so that no business transaction ever fails for want of one.
create table strangler.outbox_default partition of strangler.outbox default;

-- The only index. Rows arrive in the order of lsn, so a few bytes per 128 kB tell which pages the slot has not passed;
-- the page being written is not summarised yet, so an insert pays next to nothing for it.
create index outbox_lsn on strangler.outbox using brin (lsn) with (pages_per_range = 16, autosummarize = on);

create function strangler.outbox_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'Cannot % rows of %.%: the outbox is append-only.', lower(tg_op), tg_table_schema, tg_table_name
        using hint = 'Append a newer version of the aggregate instead; strangler.outbox_drop() drops whole partitions once the relay has passed them.',
              errcode = 'restrict_violation';
end $$;

create trigger outbox_append_only before update or delete on strangler.outbox
    for each row execute function strangler.outbox_refuse_change();
create trigger outbox_append_only_truncate before truncate on strangler.outbox
    for each statement execute function strangler.outbox_refuse_change();
-- Statement triggers are not passed on to partitions.
create trigger outbox_append_only_truncate before truncate on strangler.outbox_default
    for each statement execute function strangler.outbox_refuse_change();

-- Makes the partition of one day (UTC) unless it is there; says whether it did. Attached instead of created in place, since
-- attaching does not shut out the writers.
create function strangler.outbox_partition(day date) returns boolean language plpgsql as $$
declare
    partition text := 'outbox_' || to_char(day, 'YYYYMMDD');
    low timestamptz := day::timestamp at time zone 'UTC';
    high timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
    perform pg_advisory_xact_lock(hashtext('strangler.outbox_partition'));
    if to_regclass('strangler.' || partition) is not null then
        return false;
    end if;
    -- Rows that fell into the default partition stay there until it is dropped; the day then lives there as a whole.
    if exists (select from strangler.outbox_default where created_at >= low and created_at < high) then
        return false;
    end if;
    execute format('create table strangler.%I (like strangler.outbox including defaults including constraints)', partition);
    execute format('alter table strangler.outbox attach partition strangler.%I for values from (%L) to (%L)', partition, low, high);
    execute format('create trigger outbox_append_only_truncate before truncate on strangler.%I for each statement execute function strangler.outbox_refuse_change()', partition);
    return true;
end $$;

-- Makes the partitions of today and of the next days; says how many it made.
create function strangler.outbox_prepare(days_ahead integer) returns integer language plpgsql as $$
declare
    today date := (now() at time zone 'UTC')::date;
    made integer := 0;
begin
    for offset_days in 0..days_ahead loop
        if strangler.outbox_partition(today + offset_days) then
            made := made + 1;
        end if;
    end loop;
    return made;
end $$;

select strangler.outbox_prepare(7);

-- A partition that has ended, and a position in the log that lies behind everything written to it.
create table strangler.outbox_seal (
    partition text        primary key,
    lsn       pg_lsn      not null,
    sealed_at timestamptz not null default now()
);

-- Seals the partitions that ended longer than the grace ago; says which. The lock waits until every transaction that writes to
-- the partition is over, so all they wrote was committed before the seal's position. Nobody else waits: the day is over.
create function strangler.outbox_seal(grace interval) returns setof text language plpgsql set lock_timeout = '2s' as $$
declare
    ended text;
begin
    if not pg_try_advisory_xact_lock(hashtext('strangler.outbox_retention')) then
        return; -- another process is at it
    end if;
    for ended in
        select p.relname from pg_inherits i join pg_class p on p.oid = i.inhrelid
         where i.inhparent = 'strangler.outbox'::regclass
           and p.relname not in (select partition from strangler.outbox_seal)
           and case when p.relname = 'outbox_default' then exists (select from strangler.outbox_default)
                    else to_date(right(p.relname, 8), 'YYYYMMDD') + 1 <= ((now() - grace) at time zone 'UTC')::date end
         order by p.relname
    loop
        begin
            execute format('lock table strangler.%I in share mode', ended);
            perform brin_summarize_new_values(i.indexrelid) from pg_index i
              where i.indrelid = format('strangler.%I', ended)::regclass;
            insert into strangler.outbox_seal (partition, lsn) values (ended, pg_current_wal_insert_lsn());
            return next ended;
        exception when lock_not_available then
            -- A long transaction still writes to it; the next call tries again.
            continue;
        end;
    end loop;
end $$;

-- Drops the sealed partitions that are older than the retention and that the slot has passed; says which. Drops nothing where
-- the slot is missing or lost: those rows are what can be appended again.
create function strangler.outbox_drop(slot text, retention interval) returns setof text language plpgsql set lock_timeout = '500ms' as $$
declare
    passed pg_lsn := (select s.confirmed_flush_lsn from pg_replication_slots s
                       where s.slot_name = slot and s.database = current_database() and s.wal_status <> 'lost');
    sealed record;
    late boolean;
begin
    if not pg_try_advisory_xact_lock(hashtext('strangler.outbox_retention')) then
        return; -- another process is at it
    end if;
    for sealed in
        select s.partition, s.lsn from strangler.outbox_seal s
         where s.lsn <= passed
           and case when s.partition = 'outbox_default' then s.sealed_at <= now() - retention
                    else to_date(right(s.partition, 8), 'YYYYMMDD') + 1 <= ((now() - retention) at time zone 'UTC')::date end
         order by s.partition
    loop
        begin
            -- Shuts out the writers for the moment of the change; who began before the day ended and writes later finds the default.
            lock table strangler.outbox in access exclusive mode;
            execute format('select exists (select from strangler.%I where lsn >= %L)', sealed.partition, sealed.lsn) into late;
            if late then
                -- Somebody wrote behind the seal, in a transaction as old as the day: seal it again, drop it next time.
                delete from strangler.outbox_seal s where s.partition = sealed.partition;
                continue;
            end if;
            execute format('drop table strangler.%I', sealed.partition);
            delete from strangler.outbox_seal s where s.partition = sealed.partition;
            if sealed.partition = 'outbox_default' then
                create table strangler.outbox_default partition of strangler.outbox default;
                create trigger outbox_append_only_truncate before truncate on strangler.outbox_default
                    for each statement execute function strangler.outbox_refuse_change();
            end if;
            return next sealed.partition;
        exception when lock_not_available then
            continue;
        end;
    end loop;
end $$;

-- Appends again, under the same ids, every row written at or behind a position in the log; says how many. For rows that a lost
-- or dropped slot never delivered; readers drop those that they had.
create function strangler.outbox_append_again(since pg_lsn) returns bigint language plpgsql as $$
declare
    appended bigint;
begin
    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, epoch, aggregateversion,
                                  schemaversion, occurredat, traceparent)
    select id, aggregatetype, aggregateid, type, topic, payload, origin, epoch, aggregateversion,
           schemaversion, occurredat, traceparent
      from strangler.outbox where lsn >= since order by lsn, aggregateversion;
    get diagnostics appended = row_count;
    return appended;
end $$;

-- The heartbeat of the connector. Every beat is a new row, since the publication passes on nothing but inserts; it lets the
-- slot move on where nothing but unpublished tables is written.
create table strangler.relay_heartbeat (
    beat_at timestamptz not null default now()
);

-- What was last seen to be relayed. Lets a start-up check tell a slot that was dropped from one that never was,
-- and says from where to append again.
create table strangler.relay_ledger (
    slot          text        primary key,
    confirmed_lsn pg_lsn      not null, -- everything committed before it was in Kafka
    restart_lsn   pg_lsn      not null, -- everything committed after confirmed_lsn was written after this
    decoded       bigint      not null, -- transactions decoded through the slot so far; a new slot counts from 0
    witnessed_at  timestamptz not null default now()
);

-- The way out when a slot was dropped, lost or made anew; called once there is a new one. Appends again what was written since the last
-- note and notes the new slot, both or neither; says how many rows. Without a note (a slot that is younger than the outbox) it is all rows.
create function strangler.outbox_recover(slot text) returns bigint language plpgsql as $$
declare
    appended bigint;
begin
    if not exists (select from pg_replication_slots s where s.slot_name = slot and s.confirmed_flush_lsn is not null and s.wal_status <> 'lost') then
        raise exception 'Replication slot % is missing or lost, so what is appended again would be skipped as well.', slot
            using hint = format('As a role that may replicate: select pg_drop_replication_slot(%1$L) if it is there; select pg_create_logical_replication_slot(%1$L, ''pgoutput''); then call this again.', slot);
    end if;
    appended := strangler.outbox_append_again(coalesce((select l.restart_lsn from strangler.relay_ledger l where l.slot = outbox_recover.slot), '0/0'));
    insert into strangler.relay_ledger (slot, confirmed_lsn, restart_lsn, decoded)
    select s.slot_name, s.confirmed_flush_lsn, s.restart_lsn, coalesce(t.total_txns, 0)
      from pg_replication_slots s left join pg_stat_replication_slots t using (slot_name)
     where s.slot_name = outbox_recover.slot
        on conflict on constraint relay_ledger_pkey do update
       set confirmed_lsn = excluded.confirmed_lsn, restart_lsn = excluded.restart_lsn, decoded = excluded.decoded, witnessed_at = now();
    return appended;
end $$;

create publication strangler_outbox for table strangler.outbox, strangler.relay_heartbeat
    with (publish = 'insert', publish_via_partition_root = true);
