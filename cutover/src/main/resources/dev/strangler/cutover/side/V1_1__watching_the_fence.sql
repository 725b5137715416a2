-- What the fence refuses, how it stands, who holds it up, and where it has holes.

-- Refuses a write. What is known of it is kept in sequences, 8 characters each: a row would be rolled back with the refused statement.
create function strangler.fence_refuse(feature text, gate bigint, what text) returns void
    language plpgsql security definer set search_path = pg_catalog as $$
declare
    fence strangler.fence := strangler.fence_row($1);
    writer name := case current_setting('role') when 'none' then session_user::text else current_setting('role') end;
    owner text := fence.owner;
begin
    perform strangler.fence_remember_refusal($1, writer);
    if gate is null then
        raise exception 'Role % may not read the gate of feature ''%'', so its % is refused.', writer, $1, what
            using hint = format('As the owner: grant select on sequence %s to public;', strangler.fence_name('gate', $1)), errcode = 'SF001';
    end if;
    if fence.state = 'OPEN' then -- as far as this transaction sees, which may have begun before the fence was closed
        owner := case when gate % 2 = 1 then fence.side end;
    end if;
    if gate % 2 = 1 then
        raise exception 'Feature ''%'' is open for writing at the % (epoch %), which owns it, so the % by % is refused: it applies what another side says.',
            $1, fence.side, gate / 2, what, writer
            using hint = 'Nobody else may own it now. Find out with doctor who publishes its events.', errcode = 'SF001',
                  detail = strangler.fence_detail($1, fence.side, gate / 2, owner, gate / 2);
    end if;
    raise exception 'Feature ''%'' is closed for writing at the % (epoch %), so the % by % is refused. %', $1, fence.side, gate / 2, what, writer,
            case when owner is null then 'Nobody owns it for the moment.' else format('The %s owns it since epoch %s.', owner, fence.owner_epoch) end
        using hint = case when owner is null then 'Try again in a moment. If it lasts, ask doctor for the feature''s state.'
                          else 'Send the change to the owner, by way of the façade.' end,
              errcode = 'SF001', detail = strangler.fence_detail($1, fence.side, gate / 2, owner, case when owner is not null then fence.owner_epoch end);
end $$;

-- The same for programs: {"feature", "side", "epoch", "owner", "ownerEpoch"}, the last two null while nobody owns the feature.
create function strangler.fence_detail(feature text, side text, epoch bigint, owner text, owner_epoch bigint) returns text language sql stable
    return json_build_object('feature', feature, 'side', side, 'epoch', epoch, 'owner', owner, 'ownerEpoch', owner_epoch)::text;

-- Counts the refusal, and keeps when, who and with what. Of several at the same moment one is kept.
create function strangler.fence_remember_refusal(feature text, writer name) returns void language plpgsql as $$
declare
    words text := rpad(left(regexp_replace(current_setting('application_name'), '[^ -~]', '?', 'g'), 64), 64)
               || rpad(left(regexp_replace(regexp_replace(current_query(), '\s+', ' ', 'g'), '[^ -~]', '?', 'g'), 128), 128);
begin
    perform nextval(strangler.fence_name('refused', $1)::regclass);
    if not pg_try_advisory_xact_lock(hashtext('strangler.fence_refusal'), hashtext($1)) then
        return;
    end if;
    perform setval(strangler.fence_cell($1, 0), (extract(epoch from clock_timestamp()) * 1000000)::bigint);
    perform setval(strangler.fence_cell($1, 1), (select r.oid::bigint from pg_catalog.pg_roles r where r.rolname = $2));
    for cell in 2..25 loop
        perform setval(strangler.fence_cell($1, cell), ('x' || encode(convert_to(substr(words, cell * 8 - 15, 8), 'UTF8'), 'hex'))::bit(64)::bigint);
    end loop;
end $$;

create function strangler.fence_cell(feature text, cell integer) returns regclass language sql stable
    return strangler.fence_name('refusal', feature || '_' || cell)::regclass;

-- How many writes were refused (after a crash of the server up to 32 more than there were), and what is known of the last one.
create function strangler.fence_refusals(feature text)
    returns table (refused bigint, at timestamptz, role text, application_name text, query text) language sql volatile as $$
    with word as (
        select string_agg(convert_from(decode(lpad(to_hex(pg_sequence_last_value(strangler.fence_cell($1, cell))), 16, '0'), 'hex'), 'UTF8'), '' order by cell) as words
          from generate_series(2, 25) cell)
    select pg_sequence_last_value(strangler.fence_name('refused', $1)::regclass),
           to_timestamp(pg_sequence_last_value(strangler.fence_cell($1, 0)) / 1000000.0),
           pg_get_userbyid(pg_sequence_last_value(strangler.fence_cell($1, 1))::oid)::text,
           rtrim(left(words, 64)), rtrim(substr(words, 65))
      from word
$$;

-- The decision and what writers meet. They differ only while the fence is being moved, or after something died in between; see fence_enforce().
create function strangler.fence_state(text)
    returns table (feature text, side text, state text, epoch bigint, burned_epoch bigint, op text, owner text, owner_epoch bigint,
                   enforced_open boolean, enforced_epoch bigint, refused bigint, changed_at timestamptz) language sql volatile as $$
    select f.feature, f.side, f.state, f.epoch, f.burned_epoch, f.op, f.owner, f.owner_epoch,
           gate.value % 2 = 1, gate.value / 2, pg_sequence_last_value(strangler.fence_name('refused', f.feature)::regclass), f.changed_at
      from strangler.fence_row($1) f, lateral (select pg_sequence_last_value(strangler.fence_gate(f.feature))) gate (value)
$$;

-- Prepared transactions belong to no process; their locks are found by the one that each holds on itself.
create view strangler.fence_prepared as
select p.gid, p.owner::text, p.prepared, l.virtualtransaction
  from pg_prepared_xacts p
  join pg_locks l on l.pid is null and l.locktype = 'transactionid' and l.transactionid = p.transaction
 where p.database = current_database();

-- Who keeps the fence from being closed: everybody who has written under it and not ended the transaction, prepared ones included.
create function strangler.fence_blockers(feature text)
    returns table (pid integer, usename text, application_name text, client_addr inet, xact_age interval, state text, query text) language sql volatile as $$
    select l.pid, coalesce(a.usename, p.owner), coalesce(a.application_name, ''), a.client_addr,
           clock_timestamp() - coalesce(a.xact_start, p.prepared), coalesce(a.state, 'prepared transaction'), coalesce(a.query, p.gid)
      from pg_locks l
      left join pg_stat_activity a on a.pid = l.pid
      left join strangler.fence_prepared p on l.pid is null and l.virtualtransaction = p.virtualtransaction
     where l.locktype = 'advisory' and l.objsubid = 2 and l.granted and l.pid is distinct from pg_backend_pid()
       and l.database = (select d.oid from pg_database d where d.datname = current_database())
       and l.classid = (hashtext('strangler.fence')::bigint & 4294967295)::oid and l.objid = (hashtext($1)::bigint & 4294967295)::oid
     order by 5 desc
$$;

-- The tables behind a feature's fence, partitions included.
create function strangler.fence_tables(feature text) returns setof regclass language sql stable as $$
    select t.tgrelid::regclass from pg_trigger t where t.tgfoid = to_regproc(strangler.fence_name('guard', $1))
$$;

-- Transactions older than that which have touched a table of the feature, if only to read it: who will write next.
create function strangler.fence_old_transactions(feature text, older interval)
    returns table (pid integer, usename text, application_name text, client_addr inet, xact_age interval, state text, query text) language sql volatile as $$
    select a.pid, a.usename::text, a.application_name, a.client_addr, clock_timestamp() - a.xact_start, a.state, a.query
      from pg_stat_activity a
     where a.datname = current_database() and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
       and a.xact_start < clock_timestamp() - $2
       and exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'relation' and l.relation in (select strangler.fence_tables($1)))
    union
    select null, p.owner, '', null, clock_timestamp() - p.prepared, 'prepared transaction', p.gid
      from strangler.fence_prepared p
     where p.prepared < clock_timestamp() - $2
       and exists (select from pg_locks l where l.pid is null and l.virtualtransaction = p.virtualtransaction
                      and l.locktype = 'relation' and l.relation in (select strangler.fence_tables($1)))
     order by 5 desc
$$;

-- Holes in the fence of these tables, each with its way out; none is what a cutover needs.
create function strangler.fence_audit(feature text, tables text[]) returns table (tab text, problem text) language sql volatile as $$
    with recursive
    fence as (select f.*, to_regproc(strangler.fence_name('guard', f.feature)) as guard from strangler.fence_row($1) f),
    named as (select n.name, to_regclass(quote_ident(n.name))::oid as tab from unnest($2) n (name)),
    family (tab) as (
        select n.tab from named n where n.tab is not null
        union select i.inhrelid from pg_inherits i join family m on i.inhparent = m.tab),
    outbox (tab) as (
        select 'strangler.outbox'::regclass::oid
        union select i.inhrelid from pg_inherits i where i.inhparent = 'strangler.outbox'::regclass),
    guarded as (
        select m.tab, t.tgenabled, t.tgqual is null and t.tgattr::text = '' and (t.tgtype & 63) = 62 as whole, -- before each statement of all four kinds
               format('select strangler.fence_table(%L, %L);', $1, m.tab::regclass) as again
          from family m cross join fence left join pg_trigger t on t.tgrelid = m.tab and t.tgfoid = fence.guard),
    keys as (
        select k.conname, k.conrelid, k.confrelid from pg_constraint k
         where k.contype = 'f' and (k.confdeltype in ('c', 'n', 'd') or k.confupdtype in ('c', 'n', 'd')))
    select n.name, 'does not exist. Correct the feature map, or migrate the schema.' from named n where n.tab is null
    union all
    select g.tab::regclass::text, case when g.tgenabled is null then 'has no fence, so anybody writes it at any time. Run: ' || g.again
               when g.tgenabled = 'D' then 'has a fence that is disabled. Run: ' || g.again
               when g.tgenabled <> 'A' then 'has a fence that sessions with session_replication_role pass by. Run: ' || g.again
               else 'has a fence that covers some writes only. Run: drop trigger strangler_fence on ' || g.tab::regclass || '; ' || g.again end
      from guarded g where g.tgenabled is distinct from 'A' or not g.whole
    union all
    select n.name, format('cannot be written by %s, so what the other side decides cannot be applied. Run: select strangler.applier_table(%L, %L);', f.applier, n.name, f.applier)
      from named n cross join fence f
     where n.tab is not null and not (has_table_privilege(f.applier, n.tab, 'select') and has_table_privilege(f.applier, n.tab, 'insert')
       and has_table_privilege(f.applier, n.tab, 'update') and has_table_privilege(f.applier, n.tab, 'delete'))
    union all
    select k.conrelid::regclass::text, format('is changed by foreign key %s whenever %s is, which is not of this feature: even a delete that touches no row of it meets this fence. Run: alter table %s drop constraint %I;',
               k.conname, k.confrelid::regclass, k.conrelid::regclass, k.conname)
      from keys k where k.conrelid in (select m.tab from family m) and k.confrelid not in (select m.tab from family m)
    union all
    select k.confrelid::regclass::text, format('changes %s of another feature by foreign key %s. Run: alter table %s drop constraint %I;',
               k.conrelid::regclass, k.conname, k.conrelid::regclass, k.conname)
      from keys k where k.confrelid in (select m.tab from family m) and k.conrelid not in (select m.tab from family m)
       and exists (select from strangler.fence f where k.conrelid in (select strangler.fence_tables(f.feature)))
    union all
    select o.tab::regclass::text, case when t.tgenabled is null then 'has no fence, so events of the feature are published at any time. Run: '
               else 'has a fence that is disabled. Run: ' end || 'drop trigger if exists strangler_fence on strangler.outbox; select strangler.fence_make_outbox_guard();'
      from outbox o left join pg_trigger t on t.tgrelid = o.tab and t.tgfoid = to_regproc('strangler.fence_outbox')
     where t.tgenabled is distinct from 'A'
$$;
