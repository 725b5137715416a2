-- The state of the feature in the contract's shape as before, but as a composite type, which is compared several times faster than jsonb; for
-- that the monolith's is the same, attribute by attribute. The kit tells it as jsonb; names and nesting are those of the contract.

create type strangler.product_price as (amount numeric, currency text);

create type strangler.product_image as ("assetId" uuid, position integer);

create type strangler.product_state as (
    id uuid, sku text, name text, description text, price strangler.product_price, tags text[], images strangler.product_image[],
    version bigint, "createdAt" text, "changedAt" text);

drop view strangler.products_state;

create view strangler.products_state (aggregate_id, version, payload) as
select p.id::text,
       p.version,
       row (p.id, p.sku, p.name, p.description, row (p.amount, p.currency)::strangler.product_price, p.tags,
            coalesce(shown.images, '{}'), p.version,
            to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            to_char(p.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::strangler.product_state
from product p
cross join lateral (
    select array_agg(row (image, place - 1)::strangler.product_image order by place) as images
    from unnest(p.images) with ordinality i (image, place)) shown;
