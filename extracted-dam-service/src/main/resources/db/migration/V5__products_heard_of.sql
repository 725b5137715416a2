-- The newest version of each product that was heard of, so that a gap before the next one is noticed: what a product began to
-- use in a gap, it may have used since it was created. Products that were heard of before this table count as not heard of.
create table image_use_heard (
    product_id uuid   not null primary key,
    version    bigint not null
);
