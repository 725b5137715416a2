-- What a repair asks of a side about rows that a snapshot can't put right.

-- The newest event of each of these aggregates that the outbox still holds. Reads the outbox as a whole.
create function strangler.last_words(aggregate text, keys text[]) returns table (key text, type text, version bigint) language sql stable as $$
    select distinct on (o.aggregateid) o.aggregateid, o.type, o.aggregateversion
      from strangler.outbox o where o.aggregatetype = aggregate and o.aggregateid = any (keys)
     order by o.aggregateid, o.aggregateversion desc, o.lsn desc
$$;

-- Appends those once more, under the same ids and the epoch of now; says how many. Readers that have them drop them.
create function strangler.say_last_words(aggregate text, keys text[]) returns bigint language plpgsql volatile as $$
declare
    appended bigint;
begin
    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion, schemaversion, occurredat, traceparent)
    select distinct on (o.aggregateid) o.id, o.aggregatetype, o.aggregateid, o.type, o.topic, o.payload, o.origin, o.aggregateversion, o.schemaversion,
           o.occurredat, o.traceparent
      from strangler.outbox o where o.aggregatetype = aggregate and o.aggregateid = any (keys)
     order by o.aggregateid, o.aggregateversion desc, o.lsn desc;
    get diagnostics appended = row_count;
    return appended;
end $$;

-- The newest version of each of these aggregates that any consumer here has applied.
create function strangler.applied_versions(aggregate text, keys text[]) returns table (key text, version bigint) language sql stable as $$
    select v.aggregateid, max(v.version) from strangler.inbox_version v
     where v.aggregatetype = aggregate and v.aggregateid = any (keys) and v.consumer not like '%.rebuild' group by v.aggregateid
$$;

-- Takes a request for a rebuild back that nobody has begun; says whether it was.
create function strangler.rebuild_withdraw(request bigint) returns boolean language sql volatile as $$
    with withdrawn as (delete from strangler.inbox_rebuild r where r.id = request and r.started_at is null returning 1)
    select exists (select from withdrawn)
$$;
