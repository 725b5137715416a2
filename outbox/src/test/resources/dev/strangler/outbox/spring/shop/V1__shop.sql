create table article (id text primary key);
create table note (text text);
-- Fails unless the kit's schema was migrated first.
create view outbox_by_type as select type, count(*) from strangler.outbox group by type;
