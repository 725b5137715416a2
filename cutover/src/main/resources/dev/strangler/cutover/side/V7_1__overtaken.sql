-- Snapshots that an event of the same aggregate may have overtaken: committed after the state was read and before the snapshot was, it lies before it
-- in the log. Consumers go by the version, but a compacted topic keeps what comes last.

-- The aggregates said as snapshots at or behind that position whose state is another by now: of another version, or gone.
create function strangler.overtaken_snapshots(feature text, aggregate text, since pg_lsn) returns setof text language sql stable as $$
    with said as materialized (
        select o.aggregateid as key, max(o.aggregateversion) as version from strangler.outbox o
         where o.lsn >= $3 and o.aggregatetype = $2 and o.type = $2 || 'SnapshotTaken' group by 1)
    select said.key from said left join strangler.state_of($1, (select array_agg(s.key) from said s)) now on now.key = said.key
     where now.version is distinct from said.version
$$;

-- Says these once more, behind everything: as they are by now, or the last event of those that are gone. Says how many. Nobody writes meanwhile: set
-- lock_timeout first.
create function strangler.say_over(feature text, aggregate text, origin text, topic text, schema_version integer, keys text[])
    returns bigint language plpgsql volatile as $$
declare
    said bigint;
    gone text[];
begin
    perform pg_advisory_xact_lock(hashtext('strangler.fence'), hashtext($1));
    said := strangler.append_snapshots_of($1, $2, $3, $4, $5, $6);
    gone := array(select key from unnest($6) key except select s.key from strangler.state_of($1, $6) s);
    if cardinality(gone) > 0 then -- reads the outbox as a whole, for what hardly ever happens
        said := said + strangler.say_last_words($2, gone);
    end if;
    return said;
end $$;
