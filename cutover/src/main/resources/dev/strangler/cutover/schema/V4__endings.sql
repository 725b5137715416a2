-- How features came to their end: sealing, and every look at what is left of them in the monolith. Written before and after, like the steps of operations.
create table ending_step (
    number    bigint generated always as identity primary key,
    feature   text        not null,
    operation text        not null,
    act       text        not null check (act in ('SEAL', 'RETIRE')),
    outcome   text        not null check (outcome in ('BEGAN', 'DONE', 'FAILED')),
    at        timestamptz not null default clock_timestamp(),
    who       text        not null check (who <> ''),
    detail    text        not null,
    tables    text[]      not null
);

comment on column ending_step.tables is 'the feature''s tables in the monolith as they were known then: the feature map forgets them before they may be forgotten';

create index ending_step_of_feature on ending_step (feature, number desc);

create function refuse_to_rewrite_endings() returns trigger language plpgsql as $$
begin
    raise exception 'The journal of endings only grows: % of ending_step is refused.', tg_op;
end $$;

create trigger endings_only_grow before update or delete or truncate on ending_step
    for each statement execute function refuse_to_rewrite_endings();
