-- This service may own the feature "products": its fence, and what its commands need to know.

-- Backfill and parity walk the state view by its key.
create index product_state_key on product ((id::text) collate "C");

-- A product may show an image that lies in the trash: it is only not offered. So such images are known from now on.
alter table attachable_image add column trashed boolean not null default false;
drop index attachable_image_newest_first;
create index attachable_image_newest_first on attachable_image (uploaded_at desc, id) where not trashed;

-- Those in the trash now were left out so far; the log knows them.
select strangler.rebuild('pim-attachable-images')
where exists (select from strangler.inbox_position where consumer = 'pim-attachable-images');

select strangler.fence_feature('products', 'SERVICE', array['Product']);
select strangler.fence_table('products', 'product');
