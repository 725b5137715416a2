-- As before, but an applier that an open side turns away meets a state of its own, SF003: a closed fence opens again, and waiting for it is right;
-- nobody else can own what this side owns, so what says otherwise comes from a stranger, and no waiting makes it right.
create or replace function strangler.fence_refuse(feature text, gate bigint, what text) returns void
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
            using hint = 'Nobody else may own it now. Find out with doctor who publishes its events.', errcode = 'SF003',
                  detail = strangler.fence_detail($1, fence.side, gate / 2, owner, gate / 2);
    end if;
    raise exception 'Feature ''%'' is closed for writing at the % (epoch %), so the % by % is refused. %', $1, fence.side, gate / 2, what, writer,
            case when owner is null then 'Nobody owns it for the moment.' else format('The %s owns it since epoch %s.', owner, fence.owner_epoch) end
        using hint = case when owner is null then 'Try again in a moment. If it lasts, ask doctor for the feature''s state.'
                          else 'Send the change to the owner, by way of the façade.' end,
              errcode = 'SF001', detail = strangler.fence_detail($1, fence.side, gate / 2, owner, case when owner is not null then fence.owner_epoch end);
end $$;
