-- What backfill and parity ask of a side. All of it goes by the one view that the side has of a feature's state,
-- strangler.<feature>_state (aggregate_id text, version bigint, payload jsonb), and walks it by key, compared byte by byte.
-- An index on the expression behind aggregate_id, collate "C", spares a scan of the table per statement; nothing else depends on it.

create function strangler.state_view(feature text) returns regclass language plpgsql stable as $$
declare
    view regclass := to_regclass(format('strangler.%I', feature || '_state'));
begin
    if view is null then
        raise exception 'Database % has no view strangler.%.', current_database(), quote_ident(feature || '_state')
            using hint = 'Make it, with the columns aggregate_id text, version bigint and payload jsonb in the contract''s shape.',
                  errcode = 'undefined_table';
    end if;
    return view;
end $$;

-- A digest of what the view says of itself: another one, and rows hashed before can't be compared with rows hashed now.
create function strangler.state_shape(feature text) returns text language sql stable as $$
    select encode(sha256(convert_to(pg_get_viewdef(strangler.state_view(feature)), 'UTF8')), 'hex')
$$;

-- 64 bits of a row. The text of jsonb is canonical but for numbers, whose scale it keeps: 12.50 is not 12.5 to a reader either.
create function strangler.state_hash(key text, version bigint, payload jsonb) returns bigint language sql immutable parallel safe as $$
    select ('x' || left(md5(key || ' ' || version::text || ' ' || coalesce(payload::text, '')), 16))::bit(64)::bigint
$$;

-- The first key of each chunk of so many rows, in order; the first is '', so that nothing can lie before it.
create function strangler.state_chunks(feature text, size integer) returns setof text
    language plpgsql stable set jit = off set work_mem = '64MB' as $$
begin
    return next '';
    return query execute format(
        'select key from (select aggregate_id collate "C" as key, row_number() over (order by aggregate_id collate "C") - 1 as place from %s) keys
          where place > 0 and place %% $1 = 0 order by key', strangler.state_view(feature)) using size;
end $$;

-- How many rows a range has, and the sum of their hashes. A sum and not a chain, since it needs no sorting and can be split among workers,
-- and not an exclusive or, in which a row that is there twice would vanish. The range ends before upto, or with the last row where that is null.
create function strangler.state_sum(feature text, since text, upto text) returns table (row_count bigint, hash numeric)
    language plpgsql stable set jit = off as $$
begin
    return query execute format(
        'select count(*), coalesce(sum(strangler.state_hash(aggregate_id, version, payload)), 0)
           from %s where aggregate_id collate "C" >= $1 and ($2 is null or aggregate_id collate "C" < $2)',
        strangler.state_view(feature)) using since, upto;
end $$;

-- The same per chunk, from 1; chunks begin at the given keys. Empty ones are missing.
create function strangler.state_sums(feature text, starts text[], upto text) returns table (chunk integer, row_count bigint, hash numeric)
    language plpgsql stable set jit = off set work_mem = '64MB' as $$
begin
    return query execute format(
        'select width_bucket(aggregate_id collate "C", $1), count(*), sum(strangler.state_hash(aggregate_id, version, payload))
           from %s where aggregate_id collate "C" >= $2 and ($3 is null or aggregate_id collate "C" < $3) group by 1',
        strangler.state_view(feature)) using starts, starts[1], upto;
end $$;

-- The rows of a range, each with its hash.
create function strangler.state_rows(feature text, since text, upto text) returns table (key text, version bigint, hash bigint)
    language plpgsql stable set jit = off as $$
begin
    return query execute format(
        'select aggregate_id, version, strangler.state_hash(aggregate_id, version, payload)
           from %s where aggregate_id collate "C" >= $1 and ($2 is null or aggregate_id collate "C" < $2)',
        strangler.state_view(feature)) using since, upto;
end $$;

-- These rows, as far as they are there, each with its hash.
create function strangler.state_of(feature text, keys text[]) returns table (key text, version bigint, hash bigint)
    language plpgsql stable set jit = off as $$
begin
    return query execute format(
        'select aggregate_id, version, strangler.state_hash(aggregate_id, version, payload)
           from %s where aggregate_id collate "C" = any ($1)', strangler.state_view(feature)) using keys;
end $$;

-- The innermost values of a document with the way to each: price.amount, tags[0]. What is empty is a value itself.
create function strangler.leaves(document jsonb) returns table (path text, value text) language sql immutable parallel safe as $$
    with recursive node (path, value) as (
        select '', document
        union all
        select node.path || member.step, member.value
          from node
         cross join lateral (
            select '.' || m.key as step, m.value
              from jsonb_each(case when jsonb_typeof(node.value) = 'object' then node.value else '{}' end) m
            union all
            select '[' || m.place - 1 || ']', m.value
              from jsonb_array_elements(case when jsonb_typeof(node.value) = 'array' then node.value else '[]' end)
                   with ordinality m (value, place)) member
    )
    select ltrim(node.path, '.'), node.value::text from node
     where jsonb_typeof(node.value) not in ('object', 'array') or node.value in ('{}', '[]')
$$;

-- These rows, value by value.
create function strangler.state_leaves(feature text, keys text[]) returns table (key text, version bigint, path text, value text)
    language plpgsql stable set jit = off as $$
begin
    return query execute format(
        'select s.aggregate_id, s.version, l.path, l.value from %s s cross join lateral strangler.leaves(s.payload) l
          where s.aggregate_id collate "C" = any ($1)', strangler.state_view(feature)) using keys;
end $$;

-- The payload of a snapshot. One that the relay can't carry is refused here, before it stops the relay.
create function strangler.snapshot_payload(aggregate text, key text, payload jsonb) returns text language plpgsql immutable as $$
declare
    said text := payload::text;
    most constant integer := 1000000; -- as the outbox has it for every other event
begin
    if octet_length(said) > most then
        raise exception 'The state of % % has % bytes, allowed are %.', aggregate, key, octet_length(said), most
            using hint = 'Keep large content out of the state and refer to it by digest.', errcode = 'program_limit_exceeded';
    end if;
    return said;
end $$;

-- Appends the next rows behind a key as snapshots: what existed before the stream, said once more as events. Says how many, and the
-- last key; none means that there are no more. A row that changes meanwhile does no harm: readers go by the version.
create function strangler.append_snapshots(feature text, aggregate text, origin text, topic text, schema_version integer, after text, size integer)
    returns table (appended bigint, last_key text) language plpgsql volatile set jit = off as $$
begin
    return query execute format(
        'with chunk as materialized (
             select aggregate_id, version, payload from %s
              where aggregate_id collate "C" > $5 order by aggregate_id collate "C" limit $6),
         said as (
             insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion, schemaversion, occurredat)
             select format(''%%s-%%s-%%s-v%%s'', $2, $1, aggregate_id, version), $1, aggregate_id, $1 || ''SnapshotTaken'', $3,
                    strangler.snapshot_payload($1, aggregate_id, payload), $2, version, $4, clock_timestamp() from chunk)
         select count(*), max(aggregate_id collate "C") from chunk',
        strangler.state_view(feature)) using aggregate, origin, topic, schema_version, after, size;
end $$;

-- Appends these rows as snapshots, as far as they are there; says how many.
create function strangler.append_snapshots_of(feature text, aggregate text, origin text, topic text, schema_version integer, keys text[])
    returns bigint language plpgsql volatile set jit = off as $$
declare
    appended bigint;
begin
    execute format(
        'insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion, schemaversion, occurredat)
         select format(''%%s-%%s-%%s-v%%s'', $2, $1, aggregate_id, version), $1, aggregate_id, $1 || ''SnapshotTaken'', $3,
                strangler.snapshot_payload($1, aggregate_id, payload), $2, version, $4, clock_timestamp()
           from %s where aggregate_id collate "C" = any ($5)',
        strangler.state_view(feature)) using aggregate, origin, topic, schema_version, keys;
    get diagnostics appended = row_count;
    return appended;
end $$;

-- The keys of these aggregate types published at or behind a position of the log. Committed ones alone: whoever relies on it makes sure
-- first that what ran at that position is over.
create function strangler.changed_since(since pg_lsn, aggregates text[]) returns setof text language sql stable as $$
    select distinct o.aggregateid from strangler.outbox o where o.lsn >= since and o.aggregatetype = any (aggregates)
$$;

-- Makes the consumers of this type forget which version of these aggregates they have applied, so that a snapshot of the same version is
-- applied once more; says how many. Their tables still refuse what is older than what they hold.
create function strangler.forget_versions(aggregate text, keys text[]) returns bigint language plpgsql volatile as $$
declare
    forgotten bigint;
begin
    delete from strangler.inbox_version v where v.aggregateid = any (keys) and v.aggregatetype = aggregate;
    get diagnostics forgotten = row_count;
    return forgotten;
end $$;
