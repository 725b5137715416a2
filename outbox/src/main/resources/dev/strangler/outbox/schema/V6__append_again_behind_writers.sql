-- Appending again takes as long as there are rows, and is committed as a whole at its end. A writer that commits a newer version meanwhile comes before the
-- older one that is appended again. Readers go by the version, but a compacted topic keeps what comes last. So what was overtaken is appended once more at the
-- end of the same transaction, the last of it while nobody writes.

-- Waits until nobody has written to the outbox and not ended the transaction, then says where the log stands: what lies before that is committed, or
-- never will be. With keep nobody writes until this transaction has ended, otherwise for that instant. New writers queue behind each attempt, and
-- flow between two of them. Locks the table as such alone, without its partitions, which the autovacuum may hold for long.
create function strangler.outbox_still(keep boolean) returns pg_lsn language plpgsql set lock_timeout = '200ms' as $$
declare
    position pg_lsn;
    until timestamptz := clock_timestamp() + interval '10 minutes';
begin
    loop
        begin
            lock table only strangler.outbox in share mode;
            position := pg_current_wal_insert_lsn();
            if keep then
                return position;
            end if;
            raise exception using errcode = 'SF010'; -- what is rolled back lets go of its lock
        exception
            when sqlstate 'SF010' then
                return position;
            when lock_not_available or deadlock_detected then
                if clock_timestamp() > until then
                    raise exception 'Somebody has been writing to the outbox in one transaction for more than 10 minutes, so nothing can be appended again behind it.'
                        using hint = 'Look into pg_stat_activity and pg_prepared_xacts, end that transaction, then call this again.', errcode = 'lock_not_available';
                end if;
                perform pg_sleep(0.3);
        end;
    end loop;
end $$;

-- Appends again the newest event of each aggregate that others have published between these positions since this transaction began; says how many.
-- What this transaction appends itself has its own moment in created_at.
create function strangler.outbox_append_overtaken(since pg_lsn, upto pg_lsn) returns bigint language plpgsql as $$
declare
    appended bigint;
begin
    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, epoch, aggregateversion,
                                  schemaversion, occurredat, traceparent)
    select distinct on (o.aggregatetype, o.aggregateid)
           o.id, o.aggregatetype, o.aggregateid, o.type, o.topic, o.payload, o.origin, o.epoch, o.aggregateversion,
           o.schemaversion, o.occurredat, o.traceparent
      from strangler.outbox o
     where o.lsn >= since and o.lsn < upto and o.created_at <> now()
     order by o.aggregatetype, o.aggregateid, o.aggregateversion desc, o.lsn desc;
    get diagnostics appended = row_count;
    return appended;
end $$;

-- As before, but what writers commit meanwhile stays the last word. They wait at the beginning and at the end, some milliseconds each.
create or replace function strangler.outbox_append_again(since pg_lsn) returns bigint language plpgsql as $$
declare
    upto pg_lsn;
    behind pg_lsn;
    appended bigint;
begin
    perform pg_advisory_xact_lock(hashtext('strangler.outbox_append_again')); -- two at once would wait for each other at the end
    upto := strangler.outbox_still(false);
    perform set_config('strangler.appending_again', 'on', true);
    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, epoch, aggregateversion,
                                  schemaversion, occurredat, traceparent)
    select id, aggregatetype, aggregateid, type, topic, payload, origin, epoch, aggregateversion,
           schemaversion, occurredat, traceparent
      from strangler.outbox where lsn >= since and lsn < upto order by lsn, aggregateversion;
    get diagnostics appended = row_count;
    -- First the most of it beside the writers, so that little is left for the moment in which they wait.
    behind := strangler.outbox_still(false);
    appended := appended + strangler.outbox_append_overtaken(upto, behind);
    loop
        begin
            perform strangler.outbox_still(true);
            appended := appended + strangler.outbox_append_overtaken(behind, 'FFFFFFFF/FFFFFFFF');
            exit;
        exception when deadlock_detected then
            null; -- somebody who closes a fence waited to write; now he has, and the long part of the work is kept
        end;
    end loop;
    perform set_config('strangler.appending_again', 'off', true);
    return appended;
end $$;
