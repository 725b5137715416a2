-- The writes of the feature "assets" can go to a service, and come back.

-- The fence: open to begin with; while it is closed, only the intake changes these tables.
select strangler.fence_table('assets', 'asset');
select strangler.fence_table('assets', 'asset_tag');

-- While the service owns the assets, a new one may be heard of before the purge of an earlier one of the same owner and bytes,
-- since order across assets is not promised. Uploads of the same bytes wait for each other instead.
alter table asset drop constraint asset_once_per_owner;
create index asset_of_owner on asset (owner, sha256);

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

-- What is used already is not purged until the log has told of it. The earliest moment that it can be in use since: what was
-- put into the trash later has been looked at when it was told of.
insert into image_use (product_id, asset_id, since)
select product_image.product_id, product_image.asset_id, product.created_at
from product_image join product on product.id = product_image.product_id;

-- The consumer that used to listen to the products; its name is now that of the one that listens to the assets.
select strangler.inbox_forget('monolith-assets');
