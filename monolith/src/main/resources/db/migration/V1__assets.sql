-- Feature "assets": the pictures of the shop. The bytes lie in the blob store, named by their digest.

create table asset (
    id                     uuid primary key,
    owner                  text        not null,
    file_name              text        not null,
    content_type           text        not null,
    size                   bigint      not null check (size > 0),
    sha256                 text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    width                  integer     not null check (width > 0),
    height                 integer     not null check (height > 0),
    status                 text        not null check (status in ('ACTIVE', 'TRASHED')),
    version                bigint      not null check (version >= 1),
    uploaded_at            timestamptz not null,
    trashed_at             timestamptz null,
    thumbnail_sha256       text        not null check (thumbnail_sha256 ~ '^[0-9a-f]{64}$'),
    thumbnail_content_type text        not null,
    thumbnail_size         bigint      not null check (thumbnail_size > 0),
    thumbnail_width        integer     not null check (thumbnail_width > 0),
    thumbnail_height       integer     not null check (thumbnail_height > 0),
    constraint asset_once_per_owner unique (owner, sha256),
    constraint asset_trashed_since check ((status = 'TRASHED') = (trashed_at is not null))
);

-- Lists are read newest first, by status.
create index asset_newest_first on asset (status, uploaded_at desc, id);
-- Purging walks the trash from its oldest end.
create index asset_oldest_trash on asset (trashed_at, id) where status = 'TRASHED';
-- Sweeping asks whether any asset still needs a blob.
create index asset_original on asset (sha256);
create index asset_thumbnail on asset (thumbnail_sha256);

create table asset_tag (
    asset_id uuid not null references asset (id),
    tag      text not null,
    primary key (asset_id, tag)
);

-- The state of the feature in the contract's shape: what events carry, and what is compared between both sides.
create view strangler.assets_state (aggregate_id, version, payload) as
select asset.id::text,
       asset.version,
       jsonb_build_object(
               'id', asset.id,
               'owner', asset.owner,
               'fileName', asset.file_name,
               'contentType', asset.content_type,
               'size', asset.size,
               'sha256', asset.sha256,
               'width', asset.width,
               'height', asset.height,
               'tags', coalesce((select jsonb_agg(tag order by tag collate "C")
                                 from asset_tag
                                 where asset_id = asset.id), '[]'::jsonb),
               'status', asset.status,
               'version', asset.version,
               'uploadedAt', to_char(asset.uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'trashedAt', to_char(asset.trashed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'thumbnail', jsonb_build_object(
                       'sha256', asset.thumbnail_sha256,
                       'contentType', asset.thumbnail_content_type,
                       'size', asset.thumbnail_size,
                       'width', asset.thumbnail_width,
                       'height', asset.thumbnail_height))
from asset;
