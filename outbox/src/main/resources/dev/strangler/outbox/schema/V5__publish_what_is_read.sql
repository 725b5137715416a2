-- The relay's price per event is mostly that of its columns, and a timestamp is the dearest of all: it is parsed, converted and written out
-- anew for every row. So the moment of an event is kept as the text that readers get, ISO 8601 in UTC, and what the relay takes no notice of
-- (lsn, created_at) is not sent to it.

create function strangler.instant(moment timestamptz) returns text language sql stable
    return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

alter table strangler.outbox alter column occurredat type text using strangler.instant(occurredat);

-- Whoever inserts a timestamp in PostgreSQL's own notation is understood as well.
create function strangler.outbox_write_instant() returns trigger language plpgsql as $$
begin
    new.occurredat := strangler.instant(new.occurredat::timestamptz);
    return new;
end $$;

-- Its name puts it behind the fence, which refuses before anything else is done.
create trigger strangler_instant before insert on strangler.outbox
    for each row when (new.occurredat not like '____-__-__T%Z') execute function strangler.outbox_write_instant();

alter publication strangler_outbox set table
    strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, epoch, aggregateversion, schemaversion, occurredat,
                      traceparent),
    strangler.relay_heartbeat;
