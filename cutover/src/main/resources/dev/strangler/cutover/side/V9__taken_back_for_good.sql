-- Whoever leads a handover may fall silent between noting that it will close the fence and closing it, for as long as a machine can stand still. By then another
-- may have taken the handover back, with the fence still open under its epoch: closing it later would pass, and nobody would write any more. So an
-- operation is barred before it counts as taken back. What was barred under an earlier epoch is forgotten: closing names the epoch that it expects.
alter table strangler.fence add column barred text[] not null default '{}', add column barred_at_epoch bigint;
comment on column strangler.fence.barred is 'operations that may not close it any more, at epoch barred_at_epoch';

-- Lets an operation never close this side any more. False if it has closed it already. Waits for no writer.
create function strangler.fence_bar(feature text, op text) returns boolean language plpgsql as $$
declare
    fence strangler.fence := strangler.fence_row_held($1);
begin
    if fence.state = 'CLOSED' and fence.op = $2 then
        return false;
    end if;
    perform strangler.fence_durably();
    update strangler.fence f
       set barred = case when f.barred_at_epoch = f.epoch then array_remove(f.barred, $2) else '{}' end || $2, barred_at_epoch = f.epoch
     where f.feature = $1;
    return true;
end $$;

create or replace function strangler.fence_close(feature text, expected_epoch bigint, op text, markers jsonb) returns pg_lsn language plpgsql as $$
declare
    fence strangler.fence;
begin
    if current_setting('lock_timeout') = '0' then
        perform set_config('lock_timeout', '2s', true);
    end if;
    -- First the writers, then the row: whoever bars waits for neither of them longer than for an instant.
    perform pg_advisory_xact_lock(hashtext('strangler.fence'), hashtext($1));
    fence := strangler.fence_row_held($1);
    if $3 = any (fence.barred) then
        raise exception 'Operation % was taken back before it had closed the fence of feature ''%'' at the %, so it can''t close it any more.', $3, $1, fence.side
            using hint = 'Nothing has changed. Begin a new handover.', errcode = 'SF002';
    end if;
    return strangler.fence_close_patiently($1, $2, $3, $4);
end $$;
