-- Feature "products", as this service knows it: a copy that the log feeds. One row is one product at one version, like the
-- event that it comes from; so applying an event is one statement.

create table product (
    id          uuid primary key,
    sku         text        not null unique,
    name        text        not null,
    description text        not null,
    -- No precision: the scale of an amount is part of it, 12.50 stays 12.50.
    amount      numeric     not null,
    currency    text        not null,
    tags        text[]      not null,
    -- In the order in which they are shown.
    images      uuid[]      not null,
    version     bigint      not null check (version >= 1),
    created_at  timestamptz not null,
    changed_at  timestamptz not null
);

-- Lists are read newest first.
create index product_newest_first on product (created_at desc, id);

-- The feature's state in the contract's shape, as the events of products.v1 carry it.
create view strangler.products_state (aggregate_id, version, payload) as
select p.id::text,
       p.version,
       jsonb_build_object(
           'id', p.id,
           'sku', p.sku,
           'name', p.name,
           'description', p.description,
           'price', jsonb_build_object('amount', p.amount, 'currency', p.currency),
           'tags', to_jsonb(p.tags),
           'images', coalesce(
               (select jsonb_agg(jsonb_build_object('assetId', i.image, 'position', i.place - 1) order by i.place)
                from unnest(p.images) with ordinality i (image, place)), '[]'),
           'version', p.version,
           'createdAt', to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'changedAt', to_char(p.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
from product p;
