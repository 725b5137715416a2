-- The states of both features in the contract's shape as before, but as composite types, which are compared several times faster than jsonb.
-- The kit tells them as jsonb; names and nesting are those of the contract.

create type strangler.asset_rendition as (sha256 text, "contentType" text, size bigint, width integer, height integer);

create type strangler.asset_state as (
    id uuid, owner text, "fileName" text, "contentType" text, size bigint, sha256 text, width integer, height integer, tags text[],
    status text, version bigint, "uploadedAt" text, "trashedAt" text, thumbnail strangler.asset_rendition);

drop view strangler.assets_state;

-- Joined laterally: a subquery in the list of columns could not be split among workers.
create view strangler.assets_state (aggregate_id, version, payload) as
select asset.id::text,
       asset.version,
       row (asset.id, asset.owner, asset.file_name, asset.content_type, asset.size, asset.sha256, asset.width, asset.height,
            coalesce(tagged.tags, '{}'), asset.status, asset.version,
            to_char(asset.uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            to_char(asset.trashed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            row (asset.thumbnail_sha256, asset.thumbnail_content_type, asset.thumbnail_size, asset.thumbnail_width,
                 asset.thumbnail_height)::strangler.asset_rendition)::strangler.asset_state
from asset
cross join lateral (select array_agg(tag order by tag collate "C") as tags from asset_tag where asset_id = asset.id) tagged;

create type strangler.product_price as (amount numeric, currency text);

create type strangler.product_image as ("assetId" uuid, position integer);

create type strangler.product_state as (
    id uuid, sku text, name text, description text, price strangler.product_price, tags text[], images strangler.product_image[],
    version bigint, "createdAt" text, "changedAt" text);

drop view strangler.products_state;

create view strangler.products_state (aggregate_id, version, payload) as
select p.id::text,
       p.version,
       row (p.id, p.sku, p.name, p.description, row (p.amount, p.currency)::strangler.product_price, coalesce(tagged.tags, '{}'),
            coalesce(shown.images, '{}'), p.version,
            to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            to_char(p.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::strangler.product_state
from product p
cross join lateral (select array_agg(tag order by tag collate "C") as tags from product_tag where product_id = p.id) tagged
cross join lateral (
    select array_agg(row (asset_id, position)::strangler.product_image order by position) as images
    from product_image where product_id = p.id) shown;
