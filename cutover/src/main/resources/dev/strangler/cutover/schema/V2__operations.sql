-- Moving the ownership of writes: what was asked for, who leads it, what was done, and which writes wait meanwhile.

create table operation (
    id         text        primary key,
    feature    text        not null,
    direction  text        not null check (direction in ('FORWARD', 'BACK')),
    from_epoch bigint      not null check (from_epoch >= 0),
    to_epoch   bigint      not null check (to_epoch > from_epoch),
    who        text        not null check (who <> ''),
    why        text        not null,
    waived     text[]      not null,
    started_at timestamptz not null default clock_timestamp(),
    course     text        not null default 'RUNNING' check (course in ('RUNNING', 'ABORTING', 'DONE', 'ABORTED')),
    reason     text        not null default '',
    ended_at   timestamptz,
    holder     text        not null,
    led_until  timestamptz not null,
    check ((ended_at is null) = (course in ('RUNNING', 'ABORTING')))
);

comment on column operation.led_until is 'after it anybody may take the operation over; no decision about writes relies on it';

-- One operation per feature at a time, whoever asks.
create unique index operation_unfinished on operation (feature) where ended_at is null;
create index operation_of_feature on operation (feature, started_at desc);

-- Everything that was done in the name of an operation, before and after each step.
create table operation_step (
    number    bigint generated always as identity primary key,
    operation text        not null references operation (id),
    step      text        not null,
    outcome   text        not null check (outcome in ('BEGAN', 'DONE', 'FAILED')),
    at        timestamptz not null,
    detail    text        not null,
    notes     jsonb       not null
);

create index operation_step_of_operation on operation_step (operation, number);

create function refuse_to_rewrite_steps() returns trigger language plpgsql as $$
begin
    raise exception 'The journal of operations only grows: % of operation_step is refused.', tg_op;
end $$;

create trigger steps_only_grow before update or delete or truncate on operation_step
    for each statement execute function refuse_to_rewrite_steps();

-- The feature whose writes wait at the façades, or are about to. One that nobody renews expires, so that a coordinator that dies holds
-- nobody up for longer than that; what makes the handover safe is the fence, not this.
create table hold (
    feature    text        primary key,
    operation  text        not null,
    stage      text        not null check (stage in ('ARMED', 'HELD')),
    expires_at timestamptz not null
);

-- How far a feature has come; without a row it is with the monolith and nothing has been examined.
create table phase (
    feature    text        primary key,
    phase      text        not null,
    changed_at timestamptz not null default clock_timestamp(),
    who        text        not null
);

-- Which holds an instance obeys, as {feature: "operation stage"}.
alter table facade_instance add column holds jsonb not null default '{}';
