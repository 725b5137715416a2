-- What rehearsals of handing a feature over have come to.

create table rehearsal (
    number     bigint generated always as identity primary key,
    feature    text        not null,
    map        text        not null,
    at         timestamptz not null,
    handovers  int         not null check (handovers >= 0),
    faults     int         not null check (faults >= 0),
    violations int         not null check (violations >= 0),
    clean      boolean     not null,
    who        text        not null check (who <> ''),
    kept_at    timestamptz not null default clock_timestamp()
);

comment on column rehearsal.map is 'digest of the feature''s description at that time: a rehearsal of another description says nothing';

create index rehearsal_of_feature on rehearsal (feature, at desc);
