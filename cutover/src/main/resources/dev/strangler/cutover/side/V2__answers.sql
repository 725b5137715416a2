-- Answers given to commands that carried an Idempotency-Key, stored in the transaction of their effects. When the ownership of a
-- feature moves, its answers are carried over to the new owner's database, so that a command repeated there does nothing twice.
create table strangler.idempotency_key (
    feature     text        not null,
    key         text        not null,
    operation   text        not null, -- method and path, for whoever reads this table
    fingerprint text        not null, -- digest of the whole request: tells a repeated one from another one
    status      int,                  -- null only inside the transaction that does the work
    headers     jsonb,
    body        bytea,
    created_at  timestamptz not null default now(),
    -- A key counts within its feature: answers of one feature never meet those of another one on their way.
    primary key (feature, key)
);

-- Old answers are deleted by their age, and only those of a feature's last hours are carried over.
create index idempotency_key_created_at on strangler.idempotency_key (created_at);
