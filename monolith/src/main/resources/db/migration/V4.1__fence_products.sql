-- The feature "products" may move to another side: its tables get their fence, open here. So do the events of both features,
-- which carry the epoch from now on; the tables of the assets follow in their own script.
select strangler.fence_feature('assets', 'MONOLITH', array['Asset']);
select strangler.fence_feature('products', 'MONOLITH', array['Product']);
select strangler.fence_table('products', 'product');
select strangler.fence_table('products', 'product_tag');
select strangler.fence_table('products', 'product_image');

-- Backfill and parity walk the state view by its key.
create index product_state_key on product ((id::text) collate "C");
