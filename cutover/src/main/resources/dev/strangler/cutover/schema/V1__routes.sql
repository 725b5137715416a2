-- The façade's own database: how each feature is routed, and who changed it.

create table route (
    feature       text   primary key,
    service_share int    not null check (service_share between 0 and 100),
    writes        text   not null check (writes in ('MONOLITH', 'SERVICE')),
    epoch         bigint not null check (epoch >= 0),
    version       bigint not null check (version >= 1)
);

create table route_change (
    number       bigint generated always as identity primary key,
    feature      text        not null,
    who          text        not null check (who <> ''),
    happened_at  timestamptz not null default clock_timestamp(),
    why          text        not null,
    before_share int    not null, before_writes text not null, before_epoch bigint not null, before_version bigint not null,
    after_share  int    not null, after_writes  text not null, after_epoch  bigint not null, after_version  bigint not null,
    unique (feature, after_version)
);

create index route_change_of_feature on route_change (feature, number desc);

create function refuse_to_rewrite_the_journal() returns trigger language plpgsql as $$
begin
    raise exception 'The journal of routes only grows: % of route_change is refused. Change the route again instead.', tg_op;
end $$;

create trigger journal_only_grows before update or delete or truncate on route_change
    for each statement execute function refuse_to_rewrite_the_journal();

-- Each running façade, how fresh it is, and the version of each route that it routes by, as {feature: version}.
create table facade_instance (
    name         text        primary key,
    started_at   timestamptz not null default clock_timestamp(),
    seen_at      timestamptz not null default clock_timestamp(),
    acknowledged jsonb       not null
);
