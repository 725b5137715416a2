-- Feature "products". A grown monolith: product_image ties the products to the assets by a foreign key across the two.

create table product (
    id          uuid        primary key,
    sku         text        not null constraint product_sku_unique unique,
    name        text        not null,
    description text        not null,
    -- No precision: the scale of an amount is part of it, 12.50 stays 12.50.
    amount      numeric     not null check (amount >= 0 and scale(amount) <= 4),
    currency    text        not null check (currency ~ '^[A-Z]{3}$'),
    version     bigint      not null check (version >= 1),
    created_at  timestamptz not null,
    changed_at  timestamptz not null
);

-- Lists are read newest first.
create index product_newest_first on product (created_at desc, id);

create table product_tag (
    product_id uuid not null references product (id),
    tag        text not null,
    primary key (product_id, tag)
);

create table product_image (
    product_id uuid not null references product (id),
    position   int  not null check (position >= 0),
    asset_id   uuid not null constraint product_image_asset_exists references asset (id),
    primary key (product_id, position),
    -- Deferred: taking one image off moves those behind it up, row by row.
    constraint product_image_once unique (product_id, asset_id) deferrable initially deferred
);

-- Purging an asset asks which products show it.
create index product_image_asset on product_image (asset_id);

-- The state of every product, in the shape of the contract products.v1: what an event of that version carries.
create view strangler.products_state (aggregate_id, version, payload) as
select p.id::text,
       p.version,
       jsonb_build_object(
           'id', p.id,
           'sku', p.sku,
           'name', p.name,
           'description', p.description,
           'price', jsonb_build_object('amount', p.amount, 'currency', p.currency),
           'tags', coalesce(
               (select jsonb_agg(t.tag order by t.tag collate "C") from product_tag t where t.product_id = p.id), '[]'),
           'images', coalesce(
               (select jsonb_agg(jsonb_build_object('assetId', i.asset_id, 'position', i.position) order by i.position)
                from product_image i where i.product_id = p.id), '[]'),
           'version', p.version,
           'createdAt', to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'changedAt', to_char(p.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
from product p;
