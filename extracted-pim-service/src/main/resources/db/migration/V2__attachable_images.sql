-- The images that a product may show: as much of another context's assets as products need, fed by assets.v1. An image that
-- is in the trash or purged is not in it.

create table attachable_image (
    id           uuid primary key,
    file_name    text        not null,
    content_type text        not null,
    width        integer     not null,
    height       integer     not null,
    tags         text[]      not null,
    version      bigint      not null check (version >= 1),
    uploaded_at  timestamptz not null
);

-- Lists are read newest first.
create index attachable_image_newest_first on attachable_image (uploaded_at desc, id);
