-- Whoever closes a fence asks for the lock that its writers share, and new writers queue behind him. Without a lock_timeout, which is what a person at a
-- prompt has, one transaction that was left open would keep him and all of them waiting for ever. So it is bounded where nobody has set a bound.
alter function strangler.fence_close(text, bigint, text, jsonb) rename to fence_close_patiently;

create function strangler.fence_close(feature text, expected_epoch bigint, op text, markers jsonb) returns pg_lsn language plpgsql as $$
begin
    if current_setting('lock_timeout') = '0' then
        perform set_config('lock_timeout', '2s', true);
    end if;
    return strangler.fence_close_patiently($1, $2, $3, $4);
end $$;
