-- What is known of the data of each feature: copied, compared, crossing, and alike to those who read it.

create table backfill (
    number      bigint generated always as identity primary key,
    feature     text        not null,
    owner       text        not null check (owner in ('MONOLITH', 'SERVICE')),
    who         text        not null check (who <> ''),
    state       text        not null default 'RUNNING' check (state in ('RUNNING', 'SETTLING', 'DONE', 'FAILED')),
    last_key    text        not null default '',
    appended    bigint      not null default 0,
    total       bigint      not null,
    instance    text,       -- that is at it; null for nobody
    started_at  timestamptz not null default clock_timestamp(),
    moved_at    timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    waiting     text,
    trouble     text
);

create unique index backfill_open on backfill (feature) where state in ('RUNNING', 'SETTLING');
create index backfill_of_feature on backfill (feature, number desc);

create table proof (
    number        bigint generated always as identity primary key,
    feature       text        not null,
    owner         text        not null check (owner in ('MONOLITH', 'SERVICE')),
    who           text        not null check (who <> ''),
    state         text        not null default 'RUNNING' check (state in ('RUNNING', 'DONE', 'FAILED')),
    started_at    timestamptz not null default clock_timestamp(),
    heard_at      timestamptz not null default clock_timestamp(),
    compared      bigint      not null default 0,
    total         bigint      not null default 0,
    repaired      bigint      not null default 0,
    trouble       text,
    verdict       text check (verdict in ('EQUAL', 'DIFFERENT', 'UNSETTLED')),
    rows          bigint,
    discrepancies bigint,
    in_flight     bigint,
    since_lsn     pg_lsn,
    shape         text,
    read_at       timestamptz,
    known_at      timestamptz,
    check ((state = 'DONE') = (verdict is not null))
);

create unique index proof_running on proof (feature) where state = 'RUNNING';
create index proof_of_feature on proof (feature, number desc);

create table discrepancy (
    proof         bigint not null references proof (number) on delete cascade,
    key           text   not null,
    kind          text   not null,
    owner_version bigint,
    copy_version  bigint,
    paths         text[] not null,
    owner_values  text[] not null,
    copy_values   text[] not null,
    primary key (proof, key)
);

-- One row per feature and direction: the newest marker that has crossed.
create table tracer (
    feature    text        not null,
    direction  text        not null check (direction in ('FORWARD', 'BACK')),
    round      bigint      not null default 0,
    claimed_at timestamptz not null default clock_timestamp(),
    sent_at    timestamptz,
    arrived_at timestamptz,
    trouble    text,
    primary key (feature, direction)
);

-- The share of reads that are also sent to the service, to be compared; only where the monolith answers them all.
alter table route add column shadow_share int not null default 0 check (shadow_share between 0 and 100);
alter table route add constraint route_shadows_the_monolith check (shadow_share = 0 or service_share = 0);
alter table route_change add column before_shadow int not null default 0;
alter table route_change add column after_shadow int not null default 0;

-- Compared reads per feature and kind of request, since the version of the route that began the shadowing.
create table shadow_tally (
    feature  text        not null,
    since    bigint      not null,
    endpoint text        not null,
    compared bigint      not null default 0,
    equal    bigint      not null default 0,
    late     bigint      not null default 0,
    differed bigint      not null default 0,
    failed   bigint      not null default 0,
    dropped  bigint      not null default 0,
    seen_at  timestamptz not null default clock_timestamp(),
    primary key (feature, since, endpoint)
);

create table shadow_field (
    feature  text   not null,
    since    bigint not null,
    endpoint text   not null,
    field    text   not null,
    differed bigint not null default 0,
    primary key (feature, since, endpoint, field)
);

-- A few answers that differed, so that a person can see how.
create table shadow_sample (
    number    bigint generated always as identity primary key,
    feature   text        not null,
    since     bigint      not null,
    endpoint  text        not null,
    field     text        not null,
    request   text        not null,
    control   text,
    candidate text,
    seen_at   timestamptz not null default clock_timestamp()
);

create index shadow_sample_of_field on shadow_sample (feature, since, endpoint, field);
