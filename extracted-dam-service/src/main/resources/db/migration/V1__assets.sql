-- Feature "assets", as this service knows it: a copy that the log feeds. One row is one asset at one version, like the
-- event that it comes from; so applying an event is one statement. The bytes lie in the blob store, named by their digest.

create table asset (
    id                     uuid primary key,
    owner                  text        not null,
    file_name              text        not null,
    content_type           text        not null,
    size                   bigint      not null,
    sha256                 text        not null,
    width                  integer     not null,
    height                 integer     not null,
    tags                   text[]      not null,
    status                 text        not null check (status in ('ACTIVE', 'TRASHED')),
    version                bigint      not null check (version >= 1),
    uploaded_at            timestamptz not null,
    trashed_at             timestamptz null,
    thumbnail_sha256       text        not null,
    thumbnail_content_type text        not null,
    thumbnail_size         bigint      not null,
    thumbnail_width        integer     not null,
    thumbnail_height       integer     not null
);

-- Lists are read newest first, by status.
create index asset_newest_first on asset (status, uploaded_at desc, id);
-- Sweeping asks whether any asset still needs a blob.
create index asset_original on asset (sha256);
create index asset_thumbnail on asset (thumbnail_sha256);

-- The feature's state in the contract's shape, as the events of assets.v1 carry it.
create view strangler.assets_state as
select a.id::text as aggregate_id,
       a.version,
       jsonb_build_object(
           'id', a.id,
           'owner', a.owner,
           'fileName', a.file_name,
           'contentType', a.content_type,
           'size', a.size,
           'sha256', a.sha256,
           'width', a.width,
           'height', a.height,
           'tags', to_jsonb(a.tags),
           'status', a.status,
           'version', a.version,
           'uploadedAt', to_char(a.uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'trashedAt', to_char(a.trashed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'thumbnail', jsonb_build_object(
               'sha256', a.thumbnail_sha256,
               'contentType', a.thumbnail_content_type,
               'size', a.thumbnail_size,
               'width', a.thumbnail_width,
               'height', a.thumbnail_height)) as payload
from asset a;
