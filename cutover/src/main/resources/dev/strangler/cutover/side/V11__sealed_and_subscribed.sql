-- A side that is sealed never opens again, under whatever epoch; and changes that a subscription applies are a hole in the fence: PostgreSQL fires triggers for
-- rows while it applies them, and none for statements.

create or replace function strangler.fence_open(feature text, epoch bigint, op text) returns boolean language plpgsql as $$
begin
    perform strangler.fence_row($1);
    perform strangler.fence_durably();
    update strangler.fence f set state = 'OPEN', epoch = $2, op = $3, owner = f.side, owner_epoch = $2, changed_at = clock_timestamp()
     where f.feature = $1 and f.state = 'CLOSED' and f.sealed_at is null and f.epoch < $2 and f.burned_epoch < $2;
    if found then
        perform set_config('strangler.opening', 'on', true);
        return true;
    end if;
    return exists (select from strangler.fence f where f.feature = $1 and f.state = 'OPEN' and f.epoch = $2 and f.op = $3);
end $$;

create or replace function strangler.fence_audit(feature text, tables text[]) returns table (tab text, problem text) language sql volatile as $$
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
    union all
    select m.tab::regclass::text, format('is written by subscription %I, whose changes no trigger for statements meets. Run as an administrator: alter subscription %I disable; alter subscription %I set (slot_name = none); drop subscription %I;',
               s.subname, s.subname, s.subname, s.subname)
      from family m join pg_subscription_rel r on r.srrelid = m.tab join pg_subscription s on s.oid = r.srsubid
$$;
