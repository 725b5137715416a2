-- Answers given to commands that carried an Idempotency-Key, stored in the transaction of their effects.
create table idempotency_key (
    key         text        primary key,
    operation   text        not null, -- method and path, for whoever reads this table
    fingerprint text        not null, -- digest of the whole request: tells a repeated one from another one
    status      int,                  -- null only inside the transaction that does the work
    headers     jsonb,
    body        bytea,
    created_at  timestamptz not null default now()
);

create index idempotency_key_created_at on idempotency_key (created_at);
