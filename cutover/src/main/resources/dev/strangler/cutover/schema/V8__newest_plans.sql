-- The newest plan of each feature, so that every façade shows it, whichever was asked. Evidence only: a handover asks every gate again.
create table newest_plan (
    feature text        primary key,
    made_at timestamptz not null default clock_timestamp(),
    who     text        not null check (who <> ''),
    plan    jsonb       not null
);
