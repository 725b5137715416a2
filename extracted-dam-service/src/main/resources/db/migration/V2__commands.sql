-- This service can take over the writes of the feature "assets".

-- The fence: while it is closed, which it is to begin with, only the intake changes these tables.
select strangler.fence_feature('assets', 'SERVICE', array['Asset']);
select strangler.fence_table('assets', 'asset');

-- An upload asks whether its owner has these bytes already. Not unique: as a copy, a new asset may be heard of before the
-- purge of an earlier one, since order across assets is not promised. Uploads of the same bytes wait for each other instead.
create index asset_of_owner on asset (owner, sha256);
-- Purging walks the trash from its oldest end.
create index asset_oldest_trash on asset (trashed_at, id) where status = 'TRASHED';
-- Backfill and parity walk over the state by its key.
create index asset_state_key on asset ((id::text) collate "C");

-- Which images the products use, and since when: heard from products.v1, so without keys to other tables.
create table image_use (
    product_id uuid        not null,
    asset_id   uuid        not null,
    since      timestamptz not null,
    primary key (product_id, asset_id)
);

-- Images that are used are brought back, and kept from being purged.
create index image_use_asset on image_use (asset_id);
