-- What a consumer remembers about handovers: which markers it has passed, and the newest epoch of each partition.

-- A marker is a record that tells nothing but that everything before it in its partition has been applied, or parked. Old ones are forgotten.
create table strangler.inbox_marker (
    consumer   text        not null,
    topic      text        not null,
    partition  int         not null,
    marker     text        not null,
    applied_at timestamptz not null default clock_timestamp(),
    primary key (consumer, topic, partition, marker)
);

create index inbox_marker_applied_at on strangler.inbox_marker (applied_at);

comment on column strangler.inbox_marker.marker is 'the record''s key up to the last #; what follows only leads it into its partition';

alter table strangler.inbox_position add column epoch bigint not null default 0;

comment on column strangler.inbox_position.epoch is 'the highest epoch seen in the partition; what was written under a lower one comes from a former owner and is dropped';

create or replace function strangler.inbox_forget(consumer text) returns void
    language sql volatile
as $$
    delete from strangler.inbox_consumes c where c.consumer = $1;
    delete from strangler.inbox_parked p where p.consumer = $1;
    delete from strangler.inbox_skipped s where s.consumer = $1;
    delete from strangler.inbox_version v where v.consumer = $1;
    delete from strangler.inbox_marker m where m.consumer = $1;
    delete from strangler.inbox_position o where o.consumer = $1;
$$;

-- As before, and says that it is at it: what is appended again was let in when it was first appended, so a fence that has closed meanwhile lets
-- it pass with the epoch that it has.
create or replace function strangler.outbox_append_again(since pg_lsn) returns bigint language plpgsql as $$
declare
    appended bigint;
begin
    perform set_config('strangler.appending_again', 'on', true);
    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, epoch, aggregateversion,
                                  schemaversion, occurredat, traceparent)
    select id, aggregatetype, aggregateid, type, topic, payload, origin, epoch, aggregateversion,
           schemaversion, occurredat, traceparent
      from strangler.outbox where lsn >= since order by lsn, aggregateversion;
    get diagnostics appended = row_count;
    perform set_config('strangler.appending_again', 'off', true);
    return appended;
end $$;
