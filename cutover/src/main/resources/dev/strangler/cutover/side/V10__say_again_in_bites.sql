-- strangler.say_again keeps the owner's writers out for as long as there is something to say, which is right for a few events alone. Many are said again in
-- bites beside the writers, each in its own transaction; what writers have committed before an older event was said again is said once more behind it, until
-- so little is left that strangler.say_again says it while nobody writes. See SayingAgain.

-- Waits until nobody has written under the fence and not ended the transaction. Answers a position of the log: what the feature has published before it is
-- committed, or never will be. The lock goes with the transaction: set lock_timeout first, and commit at once.
create function strangler.fence_still(feature text) returns pg_lsn language plpgsql as $$
declare
    asked pg_lsn := pg_current_wal_insert_lsn(); -- a row may have got its position before its writer asked for the lock
begin
    perform pg_advisory_xact_lock(hashtext('strangler.fence'), hashtext($1));
    return asked;
end $$;

-- How many events the feature has at or behind a position, counted up to that many.
create function strangler.said_since(feature text, since pg_lsn, most integer) returns bigint language sql stable as $$
    select count(*) from (
        select from strangler.outbox o
         where o.lsn >= $2 and o.aggregatetype = any ((strangler.fence_row($1)).aggregates) limit $3) said
$$;

-- Where the newest event of each aggregate lies among those from one position up to before another, in the order of the log. With overtaken only of aggregates
-- with several versions there: an event that was said again may lie behind a newer one.
create function strangler.newest_between(feature text, since pg_lsn, upto pg_lsn, overtaken boolean)
    returns table (lsn pg_lsn, aggregatetype text, aggregateid text) language plpgsql stable as $$
declare
    fence strangler.fence := strangler.fence_row($1);
begin
    return query
    select n.lsn, n.aggregatetype, n.aggregateid
      from (select distinct on (o.aggregatetype, o.aggregateid) o.lsn, o.aggregatetype, o.aggregateid, o.aggregateversion,
                   min(o.aggregateversion) over (partition by o.aggregatetype, o.aggregateid) as oldest
              from strangler.outbox o
             where o.lsn >= $2 and o.lsn < $3 and o.aggregatetype = any (fence.aggregates)
             order by o.aggregatetype, o.aggregateid, o.aggregateversion desc, o.lsn desc) n
     where not $4 or n.oldest < n.aggregateversion
     order by n.lsn;
end $$;

-- Says these events once more as they were, places ascending; says how many. Holds nobody up.
create function strangler.say_these(feature text, places pg_lsn[], types text[], ids text[]) returns bigint language plpgsql volatile as $$
declare
    said bigint;
begin
    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion,
                                  schemaversion, occurredat, traceparent)
    select distinct on (o.aggregatetype, o.aggregateid)
           o.id, o.aggregatetype, o.aggregateid, o.type, o.topic, o.payload, o.origin, o.aggregateversion,
           o.schemaversion, o.occurredat, o.traceparent
      from unnest($2, $3, $4) p (lsn, type, id)
      join strangler.outbox o on o.lsn = p.lsn and o.aggregatetype = p.type and o.aggregateid = p.id
     where o.lsn between $2[1] and $2[cardinality($2)] -- its index knows ranges
     order by o.aggregatetype, o.aggregateid, o.aggregateversion desc;
    get diagnostics said = row_count;
    return said;
end $$;
