-- Says once more the newest event of each aggregate that this side, as the owner, has published at or behind a position of the log; says how many.
-- For when a former owner's relay has repeated old ones behind them: consumers drop those by epoch and version, but a compacted topic keeps
-- what comes last. Nobody writes meanwhile, so that what is said last is the newest: set lock_timeout first. Told again as they were, since
-- the state does not know what was deleted.
create function strangler.say_again(feature text, since pg_lsn) returns bigint language plpgsql volatile as $$
declare
    fence strangler.fence := strangler.fence_row($1);
    said bigint;
begin
    perform pg_advisory_xact_lock(hashtext('strangler.fence'), hashtext($1));
    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion,
                                  schemaversion, occurredat, traceparent)
    select distinct on (o.aggregatetype, o.aggregateid)
           o.id, o.aggregatetype, o.aggregateid, o.type, o.topic, o.payload, o.origin, o.aggregateversion,
           o.schemaversion, o.occurredat, o.traceparent
      from strangler.outbox o
     where o.lsn >= $2 and o.aggregatetype = any (fence.aggregates)
     order by o.aggregatetype, o.aggregateid, o.aggregateversion desc, o.lsn desc;
    get diagnostics said = row_count;
    return said;
end $$;
