-- The fence: which side may write a feature, enforced by the database itself. Both sides' databases carry one.
--
-- The row in strangler.fence is the decision, made in transactions. The gate, a sequence, is what writers meet, since no snapshot hides
-- a sequence: its value is epoch * 2 + (open ? 1 : 0). An open gate implies an open row, because closing shuts the gate before the row and
-- opening commits the row before the gate. So whatever dies in between leaves the feature shut, and fence_enforce() goes on from there.
--
-- Every writer holds a shared advisory lock until it commits or rolls back; closing takes it exclusively. So closing waits for those
-- who write, whoever comes later finds the gate shut, and what closing appends to the outbox is committed behind all they wrote.

create table strangler.fence (
    feature      text        primary key check (feature ~ '^[a-z][a-z0-9-]{0,39}$'),
    side         text        not null check (side in ('MONOLITH', 'SERVICE')),
    aggregates   text[]      not null,
    applier      name        not null,
    state        text        not null check (state in ('OPEN', 'CLOSED')),
    epoch        bigint      not null check (epoch >= 0),
    burned_epoch bigint      not null default 0,
    op           text,
    owner        text        check (owner in ('MONOLITH', 'SERVICE')),
    owner_epoch  bigint,
    changed_at   timestamptz not null default clock_timestamp()
);

comment on column strangler.fence.applier is 'the role under which changes of the other side are applied here; the only one that may write while the fence is closed';
comment on column strangler.fence.epoch is 'under which this side owns the feature, or owned it last';
comment on column strangler.fence.burned_epoch is 'never opens at or below it';
comment on column strangler.fence.op is 'the operation that opened, closed or burned it';
comment on column strangler.fence.owner is 'who owns the feature as far as this side was told; null while nobody does';

-- Whoever may write a fenced table meets the guard, and reads the gate with his own rights.
grant usage on schema strangler to public;

-- How relations and functions of a feature's fence are called.
create function strangler.fence_name(part text, feature text) returns text language sql stable
    return format('strangler.%I', 'fence_' || part || '_' || feature);

create function strangler.fence_gate(feature text) returns regclass language sql stable
    return strangler.fence_name('gate', feature)::regclass;

-- Puts a feature behind a fence: open at the monolith, closed at the service, both at epoch 0. Fences no table yet. May be called again,
-- with other aggregate types or another applier; what the fence has come to stays.
create function strangler.fence_feature(feature text, side text, aggregates text[],
                                        applier name default (current_database() || '_applier')::name)
    returns void language plpgsql as $$
declare
    known strangler.fence;
    claimed record;
begin
    perform pg_advisory_xact_lock(hashtext('strangler.fence_feature'));
    if not exists (select from pg_roles where rolname = $4) or not pg_has_role($4, 'MEMBER') then
        raise exception 'Role % does not exist or % may not become it, but changes of the other side are applied under its name.', $4, current_user
            using hint = format('As an administrator: create role %1$I nologin; grant %1$I to %2$I;', $4, current_user), errcode = 'undefined_object';
    end if;
    select f.feature, a.type into claimed
      from strangler.fence f, unnest(f.aggregates) a (type) where f.feature <> $1 and a.type = any ($3) limit 1;
    if found then
        raise exception 'Aggregate type % belongs to feature ''%'' already, so it cannot belong to ''%''.', claimed.type, claimed.feature, $1
            using hint = 'Give it to one of them in the feature map and in the schema migrations.', errcode = 'unique_violation';
    end if;
    insert into strangler.fence as f (feature, side, aggregates, applier, state, epoch, owner, owner_epoch)
    values ($1, $2, $3, $4, case $2 when 'MONOLITH' then 'OPEN' else 'CLOSED' end, 0, 'MONOLITH', 0)
        on conflict on constraint fence_pkey do update set aggregates = excluded.aggregates, applier = excluded.applier
    returning f.* into known;
    if known.side <> $2 then
        raise exception 'Feature ''%'' is fenced as the % here, not as the %.', $1, known.side, $2
            using hint = 'A database is one side of a feature. Correct the call.', errcode = 'check_violation';
    end if;
    if to_regclass(strangler.fence_name('gate', $1)) is null then
        perform strangler.fence_make_counters($1);
        perform setval(strangler.fence_gate($1), known.epoch * 2 + (known.state = 'OPEN')::int);
    end if;
    perform strangler.fence_make_guard($1, $4);
    perform strangler.fence_make_outbox_guard();
end $$;

-- The sequences of a fence: its gate, and what is remembered of refused writes though they are rolled back.
create function strangler.fence_make_counters(feature text) returns void language plpgsql as $$
begin
    execute format('create sequence %s minvalue 0 start 0', strangler.fence_name('gate', $1));
    execute format('grant select on sequence %s to public', strangler.fence_name('gate', $1));
    execute format('create sequence %s minvalue 0 start 0', strangler.fence_name('refused', $1));
    perform setval(strangler.fence_name('refused', $1)::regclass, 0);
    for cell in 0..25 loop -- when, who, 64 characters of the application's name, 128 of the query
        execute format('create sequence %s minvalue 0 start 0', strangler.fence_name('refusal', $1 || '_' || cell));
    end loop;
end $$;

-- The guard of a feature's tables. Every write pays for it, so it is static text, which each session plans once, and nothing but expressions, which
-- need no query: first the lock, then the gate, which writers may pass if it is open, and the applier if it is shut. What a foreign key or a
-- definer's function goes on with under another name counts as done by who began it, as the role setting tells.
create function strangler.fence_make_guard(feature text, applier name) returns void language plpgsql as $$
begin
    execute format($guard$
create or replace function %1$s() returns trigger language plpgsql as $body$
declare
    gate bigint;
begin
    gate := case when pg_advisory_xact_lock_shared(hashtext('strangler.fence'), hashtext(%2$L)) is not null
                 then pg_sequence_last_value(%3$L::regclass) end;
    if (gate %% 2 = 1) = (current_user <> %4$L and current_setting('role') <> %4$L) then
        return null;
    end if;
    perform strangler.fence_refuse(%2$L, gate, tg_op || ' of ' || tg_table_name);
    return null;
end $body$ $guard$, strangler.fence_name('guard', $1), $1, strangler.fence_name('gate', $1), $2);
end $$;

-- The guard of the outbox: the same for each row, by its aggregate type, and the row gets the epoch under which it is written. A type of no
-- feature passes with epoch 0, markers too. The applier never publishes. What is appended again was let in before.
create function strangler.fence_make_outbox_guard() returns void language plpgsql as $$
declare
    cases text := (select string_agg(format($case$
        when %1$s then
            gate := case when pg_advisory_xact_lock_shared(hashtext('strangler.fence'), hashtext(%2$L)) is not null
                         then pg_sequence_last_value(%3$L::regclass) end;
            if gate %% 2 = 1 and current_user <> %4$L and current_setting('role') <> %4$L then
                new.epoch := gate / 2;
            elsif current_setting('strangler.appending_again', true) is distinct from 'on' then
                perform strangler.fence_refuse(%2$L, gate, 'event ' || new.type || ' of ' || new.aggregatetype || ' ' || new.aggregateid);
            end if;$case$,
            (select string_agg(quote_literal(a.type), ', ') from unnest(f.aggregates) a (type)),
            f.feature, strangler.fence_name('gate', f.feature), f.applier), '' order by f.feature)
        from strangler.fence f where cardinality(f.aggregates) > 0);
begin
    execute format($guard$
create or replace function strangler.fence_outbox() returns trigger language plpgsql as $body$
declare
    gate bigint;
begin
    case new.aggregatetype%s
        else
            new.epoch := 0;
    end case;
    return new;
end $body$ $guard$, coalesce(cases, ' when null then null;'));
    if not exists (select from pg_trigger where tgrelid = 'strangler.outbox'::regclass and tgname = 'strangler_fence') then
        create trigger strangler_fence before insert on strangler.outbox for each row execute function strangler.fence_outbox();
        alter table strangler.outbox enable always trigger strangler_fence; -- of the partitions too, those to come included
    end if;
end $$;

-- Fences a table of the feature, with its partitions, and lets the applier write it. Locks the table for a moment: install it long before a
-- cutover. May be called again, and must be for partitions that came later.
create function strangler.fence_table(feature text, tab regclass) returns void language plpgsql as $$
declare
    fence strangler.fence := strangler.fence_row($1);
    member regclass;
    present regproc;
begin
    for member in
        with recursive family (tab) as (
            select $2::oid union select i.inhrelid from pg_inherits i join family f on i.inhparent = f.tab)
        select f.tab from family f
    loop
        select t.tgfoid into present from pg_trigger t where t.tgrelid = member and t.tgname = 'strangler_fence';
        if not found then
            execute format('create trigger strangler_fence before insert or update or delete or truncate on %s for each statement execute function %s()',
                           member, strangler.fence_name('guard', $1));
        elsif present::oid <> strangler.fence_name('guard', $1)::regproc::oid then
            raise exception 'Table % is fenced by %() already, so it cannot belong to feature ''%''.', member, present, $1
                using hint = 'A table belongs to one feature. Correct the call, or drop trigger strangler_fence first.', errcode = 'unique_violation';
        end if;
        execute format('alter table %s enable always trigger strangler_fence', member);
    end loop;
    perform strangler.applier_table($2, fence.applier);
end $$;

-- Lets the applier write a table, with the sequences behind its columns; fences nothing.
create function strangler.applier_table(tab regclass, applier name default (current_database() || '_applier')::name)
    returns void language plpgsql as $$
declare
    behind regclass;
begin
    execute format('grant usage on schema %s to %I', (select relnamespace::regnamespace from pg_class where oid = $1), $2);
    execute format('grant select, insert, update, delete on %s to %I', $1, $2);
    for behind in
        select d.objid from pg_depend d join pg_class c on c.oid = d.objid and c.relkind = 'S'
         where d.classid = 'pg_class'::regclass and d.refobjid = $1 and d.deptype in ('a', 'i')
    loop
        execute format('grant usage, select, update on sequence %s to %I', behind, $2);
    end loop;
end $$;

-- The row of a feature's fence.
create function strangler.fence_row(feature text) returns strangler.fence language plpgsql as $$
declare
    fence strangler.fence;
begin
    select f.* into fence from strangler.fence f where f.feature = $1;
    if not found then
        raise exception 'There is no fence of feature ''%'' in database %.', $1, current_database()
            using hint = 'Call strangler.fence_feature() and strangler.fence_table() in a schema migration.', errcode = 'SF002';
    end if;
    return fence;
end $$;

-- The same, held until the transaction ends: so opening, enforcing, closing and burning come one after the other.
create function strangler.fence_row_held(feature text) returns strangler.fence language plpgsql as $$
declare
    fence strangler.fence;
begin
    select f.* into fence from strangler.fence f where f.feature = $1 for update;
    if not found then
        return strangler.fence_row($1);
    end if;
    return fence;
end $$;

-- A change of the fence must outlive a crash once it is answered, whatever the role's settings say.
create function strangler.fence_durably() returns void language sql
    begin atomic
        select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off';
    end;

-- Appends a marker: a row that proves, where it arrives, that all that was committed before it has arrived in its partition.
create function strangler.marker(topic text, key text, origin text) returns void language sql as $$
    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion, schemaversion, occurredat)
    values ($3 || '-strangler.Marker-' || $2 || '-v1', 'strangler.Marker', $2, 'Marker', $1, '{}', $3, 1, 1, clock_timestamp())
$$;

-- Closes the fence, and appends the markers ([{"topic": ..., "key": ...}, ...]) behind everything that was written under it. Waits for those who
-- write: set lock_timeout first. Answers again when the same operation has closed it. Returns a position in the log behind the markers.
create function strangler.fence_close(feature text, expected_epoch bigint, op text, markers jsonb) returns pg_lsn language plpgsql as $$
declare
    fence strangler.fence;
begin
    perform pg_advisory_xact_lock(hashtext('strangler.fence'), hashtext($1));
    fence := strangler.fence_row_held($1);
    if fence.state = 'CLOSED' and fence.op = $3 and fence.epoch = $2 then
        return pg_current_wal_insert_lsn();
    end if;
    if fence.state <> 'OPEN' or fence.epoch <> $2 then
        raise exception 'The fence of feature ''%'' at the % is % at epoch % by operation %, expected was OPEN at epoch %.',
            $1, fence.side, fence.state, fence.epoch, coalesce(fence.op, 'none'), $2
            using hint = 'Somebody else has moved it. Look at both fences and decide again.', errcode = 'SF002';
    end if;
    perform strangler.fence_durably();
    perform setval(strangler.fence_gate($1), $2 * 2);
    begin
        update strangler.fence f set state = 'CLOSED', op = $3, owner = null, owner_epoch = null, changed_at = clock_timestamp()
         where f.feature = $1;
        perform strangler.marker(m.topic, m.key, coalesce(m.origin, current_database()))
           from jsonb_to_recordset($4) as m (topic text, key text, origin text);
    exception when query_canceled or others then
        -- Nobody has met the shut gate yet, since the lock is still held.
        perform setval(strangler.fence_gate($1), $2 * 2 + 1);
        raise;
    end;
    return pg_current_wal_insert_lsn();
end $$;

-- Decides that this side owns the feature from that epoch on: the point of no return, once committed. Writers stay out until fence_enforce() is
-- called in a transaction after it. False if the fence is open, has seen that epoch, or has burned it; true again for the same operation.
create function strangler.fence_open(feature text, epoch bigint, op text) returns boolean language plpgsql as $$
begin
    perform strangler.fence_row($1);
    perform strangler.fence_durably();
    update strangler.fence f set state = 'OPEN', epoch = $2, op = $3, owner = f.side, owner_epoch = $2, changed_at = clock_timestamp()
     where f.feature = $1 and f.state = 'CLOSED' and f.epoch < $2 and f.burned_epoch < $2;
    if found then
        perform set_config('strangler.opening', 'on', true);
        return true;
    end if;
    return exists (select from strangler.fence f where f.feature = $1 and f.state = 'OPEN' and f.epoch = $2 and f.op = $3);
end $$;

-- Sets the gate as the row says. For after an opening, and after whatever died between the two.
create function strangler.fence_enforce(feature text) returns void language plpgsql as $$
declare
    fence strangler.fence := strangler.fence_row_held($1);
begin
    if current_setting('strangler.opening', true) = 'on' then
        raise exception 'The fence of feature ''%'' was opened in this transaction, which may still be rolled back while a gate cannot.', $1
            using hint = 'Commit, then call strangler.fence_enforce().', errcode = 'SF002';
    end if;
    perform strangler.fence_durably();
    perform setval(strangler.fence_gate($1), fence.epoch * 2 + (fence.state = 'OPEN')::int);
end $$;

-- Lets this side never open at or below that epoch. False if it is open.
create function strangler.fence_burn(feature text, epoch bigint, op text) returns boolean language plpgsql as $$
begin
    perform strangler.fence_row($1);
    perform strangler.fence_durably();
    update strangler.fence f set burned_epoch = greatest(f.burned_epoch, $2), op = $3, changed_at = clock_timestamp()
     where f.feature = $1 and f.state = 'CLOSED';
    return found;
end $$;

-- Tells a closed side who owns the feature, so that it can send writers there; null is nobody. What is older than it knows is ignored.
create function strangler.fence_settle(feature text, owner text, owner_epoch bigint) returns void language plpgsql as $$
begin
    perform strangler.fence_row($1);
    update strangler.fence f set owner = $2, owner_epoch = $3, changed_at = clock_timestamp()
     where f.feature = $1 and f.state = 'CLOSED' and coalesce($3, f.epoch) >= greatest(f.epoch, f.owner_epoch);
end $$;
