-- Copies that are given up for good: those who apply what another side decides stop, once and for all, and everybody else goes on.

-- Aggregate types whose copy here nobody keeps up any more. Stays when tables and consumers are gone, so that a forgotten process does not begin anew.
create table strangler.inbox_sealed (
    aggregatetype text        primary key,
    reason        text        not null,
    sealed_at     timestamptz not null default clock_timestamp()
);

-- Consumers that have met that and stopped. What they remember may be forgotten.
create table strangler.inbox_ended (
    consumer text        primary key,
    ended_at timestamptz not null default clock_timestamp()
);
