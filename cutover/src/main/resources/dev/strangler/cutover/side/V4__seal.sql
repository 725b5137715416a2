-- Ending the way back: a sealed side never owns the feature again, keeps no copy of it up, and lets nobody write what it has. Then the
-- fence itself can go, with what it stood around.

alter table strangler.fence add column sealed_at timestamptz;

comment on column strangler.fence.sealed_at is 'since when this side never opens again, and applies nothing any more; null while there is a way back';

-- What sealing revokes, statement by statement: inserting, updating, deleting and truncating, from whoever was granted it, the tables' owner
-- included. One right stays: who owns a table that a key ties to a table of nobody or somebody else needs UPDATE on it, since PostgreSQL locks the rows
-- that it checks in the owner's name, and the other table could not be written otherwise. The guard refuses the update all the same.
create function strangler.fence_seal_revocations(feature text) returns setof text language sql stable as $$
    with tab as (
        select c.oid, c.relowner, coalesce(c.relacl, acldefault('r', c.relowner)) as acl
          from strangler.fence_tables($1) t join pg_class c on c.oid = t),
    tied (oid) as (
        select k.confrelid from pg_constraint k where k.contype = 'f' and k.conrelid not in (select t.oid from tab t)
        union select k.conrelid from pg_constraint k where k.contype = 'f' and k.confrelid not in (select t.oid from tab t)),
    held as (
        select t.oid, t.relowner, a.grantee, a.privilege_type from tab t cross join lateral aclexplode(t.acl) a
        union
        select t.oid, t.relowner, a.grantee, a.privilege_type
          from tab t join pg_attribute c on c.attrelid = t.oid and not c.attisdropped cross join lateral aclexplode(c.attacl) a)
    select format('revoke %s on %s from %s cascade', string_agg(lower(h.privilege_type), ', ' order by h.privilege_type),
                  h.oid::regclass, case h.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(h.grantee)) end)
      from held h
     where h.privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
       and not (h.privilege_type = 'UPDATE' and h.grantee = h.relowner and h.oid in (select t.oid from tied t))
     group by h.oid, h.grantee
    union all
    select distinct format('revoke all on sequence %s from %I', d.objid::regclass, f.applier)
      from strangler.fence_row($1) f, strangler.fence_tables($1) t
      join pg_depend d on d.classid = 'pg_class'::regclass and d.refobjid = t and d.deptype in ('a', 'i')
      join pg_class s on s.oid = d.objid
     where case s.relkind when 'S' then has_sequence_privilege(f.applier, s.oid, 'usage, select, update') end
     order by 1
$$;

-- Seals a closed side for good: it never opens again, its guard lets nobody through any more, not even the applier, those who apply the
-- feature's events here stop, and the rights to write its tables are revoked. False if it is open; true again when it is sealed already, after taking
-- away what was granted since. Waits for an applier at work: set lock_timeout first.
create function strangler.fence_seal(feature text, op text) returns boolean language plpgsql as $$
declare
    fence strangler.fence;
    revocation text;
begin
    perform pg_advisory_xact_lock(hashtext('strangler.fence'), hashtext($1));
    fence := strangler.fence_row_held($1);
    if fence.state = 'OPEN' then
        return false;
    end if;
    perform strangler.fence_durably();
    update strangler.fence f
       set sealed_at = clock_timestamp(), burned_epoch = 9223372036854775807 / 2, op = $2, changed_at = clock_timestamp()
     where f.feature = $1 and f.sealed_at is null;
    insert into strangler.inbox_sealed (aggregatetype, reason)
    select a.type, format('feature %L was sealed by %s', $1, $2) from unnest(fence.aggregates) a (type)
        on conflict do nothing;
    perform strangler.fence_make_guard($1, fence.applier);
    for revocation in select r from strangler.fence_seal_revocations($1) r loop
        execute revocation;
    end loop;
    return true;
end $$;

-- Takes the fence of a sealed feature down: triggers, guard, sequences and row. Its tables stay, and so does the memory that its events are not
-- applied here. No feature of that name: nothing to do.
create function strangler.unfence_feature(feature text) returns void language plpgsql as $$
declare
    fence strangler.fence;
    tab regclass;
begin
    select f.* into fence from strangler.fence f where f.feature = $1 for update;
    if not found then
        return;
    end if;
    if fence.sealed_at is null then
        raise exception 'The fence of feature ''%'' at the % is not sealed, so writers still rely on it.', $1, fence.side
            using hint = 'Seal the feature first, when nobody wants to go back any more.', errcode = 'SF002';
    end if;
    for tab in select t from strangler.fence_tables($1) t loop
        execute format('drop trigger if exists strangler_fence on %s', tab);
    end loop;
    delete from strangler.fence f where f.feature = $1;
    perform strangler.fence_make_outbox_guard();
    execute format('drop function if exists %s()', strangler.fence_name('guard', $1));
    execute format('drop sequence if exists %s, %s', strangler.fence_name('gate', $1), strangler.fence_name('refused', $1));
    for cell in 0..25 loop
        execute format('drop sequence if exists %s', strangler.fence_name('refusal', $1 || '_' || cell));
    end loop;
end $$;

-- As before, and once the feature is sealed nobody is the applier: no role has an empty name.
create or replace function strangler.fence_make_guard(feature text, applier name) returns void language plpgsql as $$
declare
    passing name := case when exists (select from strangler.fence f where f.feature = $1 and f.sealed_at is not null) then '' else $2 end;
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
end $body$ $guard$, strangler.fence_name('guard', $1), $1, strangler.fence_name('gate', $1), passing);
end $$;

-- As before, but a sealed feature's tables are fenced without letting anybody write them.
create or replace function strangler.fence_table(feature text, tab regclass) returns void language plpgsql as $$
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
    if fence.sealed_at is null then
        perform strangler.applier_table($2, fence.applier);
    end if;
end $$;
