-- Answers to commands are kept in the kit's schema, with the feature that they belong to: so they can move with its ownership.
insert into strangler.idempotency_key (feature, key, operation, fingerprint, status, headers, body, created_at)
select case when operation ~ '^[A-Z]+ /api/assets' then 'assets' else 'products' end,
       key, operation, fingerprint, status, headers, body, created_at
from idempotency_key;

drop table idempotency_key;
