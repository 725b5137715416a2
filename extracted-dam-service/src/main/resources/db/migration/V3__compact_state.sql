-- The state of the feature in the contract's shape as before, but as a composite type, which is compared several times faster than jsonb; for
-- that the monolith's is the same, attribute by attribute. The kit tells it as jsonb; names and nesting are those of the contract.

create type strangler.asset_rendition as (sha256 text, "contentType" text, size bigint, width integer, height integer);

create type strangler.asset_state as (
    id uuid, owner text, "fileName" text, "contentType" text, size bigint, sha256 text, width integer, height integer, tags text[],
    status text, version bigint, "uploadedAt" text, "trashedAt" text, thumbnail strangler.asset_rendition);

drop view strangler.assets_state;

create view strangler.assets_state (aggregate_id, version, payload) as
select a.id::text,
       a.version,
       row (a.id, a.owner, a.file_name, a.content_type, a.size, a.sha256, a.width, a.height, a.tags, a.status, a.version,
            to_char(a.uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            to_char(a.trashed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            row (a.thumbnail_sha256, a.thumbnail_content_type, a.thumbnail_size, a.thumbnail_width,
                 a.thumbnail_height)::strangler.asset_rendition)::strangler.asset_state
from asset a;
