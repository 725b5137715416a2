-- What was asked for in the console, by whom, and what became of it; refused acts too. Written before and after.
create table console_act (
    number  bigint generated always as identity primary key,
    at      timestamptz not null default clock_timestamp(),
    who     text        not null check (who <> ''),
    role    text        not null,
    act     text        not null,
    feature text        not null,
    line    text        not null,
    outcome text        not null check (outcome in ('ASKED', 'DONE', 'REFUSED', 'FAILED')),
    said    text        not null
);

comment on column console_act.line is 'the same on the command line';

create function refuse_to_rewrite_acts() returns trigger language plpgsql as $$
begin
    raise exception 'The audit of the console only grows: % of console_act is refused.', tg_op;
end $$;

create trigger acts_only_grow before update or delete or truncate on console_act
    for each statement execute function refuse_to_rewrite_acts();
