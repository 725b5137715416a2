-- What a consumer remembers about the log, in the same database and the same transactions as its effects.

-- The next offset to apply. Updated with every batch, so its pages keep room for updates in place.
create table strangler.inbox_position (
    consumer    text        not null,
    topic       text        not null,
    partition   int         not null,
    next_offset bigint      not null check (next_offset >= 0),
    event_time  timestamptz,
    applied_at  timestamptz not null default now(),
    primary key (consumer, topic, partition)
) with (fillfactor = 50);

comment on table strangler.inbox_position is 'How far each consumer has applied each partition; event_time is when the last applied event occurred';

-- The newest applied version of each aggregate: what makes duplicates, replays and backfill harmless. It is looked up and
-- raised for every event, so the key begins with what differs most and compares bytes, not words of a language.
create table strangler.inbox_version (
    consumer      text   collate "C" not null,
    aggregatetype text   collate "C" not null,
    aggregateid   text   collate "C" not null,
    version       bigint not null,
    primary key (aggregateid, aggregatetype, consumer)
) with (fillfactor = 80);

-- Which aggregate types a consumer of this database keeps a copy of.
create table strangler.inbox_consumes (
    consumer      text not null,
    aggregatetype text not null,
    primary key (consumer, aggregatetype)
);

-- Records that could not be applied, and the later records of the same key that wait behind them.
create table strangler.inbox_parked (
    consumer      text        not null,
    topic         text        not null,
    partition     int         not null,
    "offset"      bigint      not null,
    aggregatetype text        not null,
    aggregateid   text        not null,
    headers       jsonb       not null,
    payload       text,
    cause         text        not null,
    attempts      int         not null default 0,
    parked_at     timestamptz not null default now(),
    verdict       text        check (verdict in ('RETRY', 'SKIP')),
    primary key (consumer, topic, partition, "offset")
);

create index inbox_parked_key on strangler.inbox_parked (consumer, aggregatetype, aggregateid);

comment on column strangler.inbox_parked.aggregatetype is '''?'' when the record does not say it; such a record holds back every type of that aggregate id';
comment on column strangler.inbox_parked.verdict is 'set by an operator on the first record of a key, carried out by the inbox';

-- Records that an operator gave up: kept whole, so that nothing is ever lost without a trace. A rebuild leaves them out again.
create table strangler.inbox_skipped (
    consumer      text        not null,
    topic         text        not null,
    partition     int         not null,
    "offset"      bigint      not null,
    aggregatetype text        not null,
    aggregateid   text        not null,
    headers       jsonb       not null,
    payload       text,
    cause         text        not null,
    attempts      int         not null,
    parked_at     timestamptz not null,
    skipped_at    timestamptz not null default now(),
    primary key (consumer, topic, partition, "offset")
);

-- Whether every consumer of this database that keeps aggregates of this type has applied that version;
-- null when none keeps any.
create function strangler.applied(aggregatetype text, aggregateid text, version bigint) returns boolean
    language sql stable
as $$
    select bool_and(coalesce(v.version, 0) >= $3)
      from strangler.inbox_consumes c
      left join strangler.inbox_version v
        on v.consumer = c.consumer and v.aggregatetype = c.aggregatetype and v.aggregateid = $2
     where c.aggregatetype = $1
$$;

-- Asks for the first parked record of the key to be tried again, then those that wait behind it. Returns whether there is one.
create function strangler.parked_retry(consumer text, aggregatetype text, aggregateid text) returns boolean
    language sql volatile
as $$
    with head as (
        select p.topic, p.partition, p."offset"
          from strangler.inbox_parked p
         where p.consumer = $1 and p.aggregatetype = $2 and p.aggregateid = $3
         order by p.topic, p.partition, p."offset"
         limit 1
    ), marked as (
        update strangler.inbox_parked p set verdict = 'RETRY'
          from head
         where p.consumer = $1 and p.topic = head.topic and p.partition = head.partition and p."offset" = head."offset"
        returning 1
    )
    select exists (select from marked)
$$;

-- Gives up the first parked record of the key, then tries those that wait behind it. Returns whether there is one.
create function strangler.parked_skip(consumer text, aggregatetype text, aggregateid text) returns boolean
    language sql volatile
as $$
    with head as (
        select p.topic, p.partition, p."offset"
          from strangler.inbox_parked p
         where p.consumer = $1 and p.aggregatetype = $2 and p.aggregateid = $3
         order by p.topic, p.partition, p."offset"
         limit 1
    ), marked as (
        update strangler.inbox_parked p set verdict = 'SKIP'
          from head
         where p.consumer = $1 and p.topic = head.topic and p.partition = head.partition and p."offset" = head."offset"
        returning 1
    )
    select exists (select from marked)
$$;

-- Forgets a consumer that was renamed or removed; otherwise strangler.applied would wait for it for ever.
create function strangler.inbox_forget(consumer text) returns void
    language sql volatile
as $$
    delete from strangler.inbox_consumes c where c.consumer = $1;
    delete from strangler.inbox_parked p where p.consumer = $1;
    delete from strangler.inbox_skipped s where s.consumer = $1;
    delete from strangler.inbox_version v where v.consumer = $1;
    delete from strangler.inbox_position o where o.consumer = $1;
$$;

-- Rebuilds that somebody has asked for, and what became of them.
create table strangler.inbox_rebuild (
    id           bigint generated always as identity primary key,
    consumer     text        not null,
    requested_at timestamptz not null default now(),
    started_at   timestamptz,
    finished_at  timestamptz,
    outcome      text        check (outcome in ('DONE', 'REFUSED', 'FAILED')),
    detail       text
);

create unique index inbox_rebuild_open on strangler.inbox_rebuild (consumer) where finished_at is null;

-- Asks the service that runs this consumer to build its projection anew from the log, beside the live one. Returns the
-- number of the request; the one that is open already, if there is one.
create function strangler.rebuild(consumer text) returns bigint
    language sql volatile
as $$
    insert into strangler.inbox_rebuild (consumer) values ($1)
        on conflict (consumer) where finished_at is null do update set consumer = excluded.consumer
    returning id
$$;
