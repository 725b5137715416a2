-- Whoever compares both sides may read the state and what was published here, and nothing else; a view that is made anew needs the grant anew.
do $$
declare
    verifier name := current_database() || '_verifier';
begin
    if not exists (select from pg_roles where rolname = verifier) then
        raise exception 'Role % does not exist, but the sides are compared under its name.', verifier
            using hint = format('As an administrator: create role %1$I login password ''...''; grant pg_read_all_stats to %1$I;', verifier),
                  errcode = 'undefined_object';
    end if;
    execute format('grant select on strangler.assets_state, strangler.outbox to %I', verifier);
end $$;
