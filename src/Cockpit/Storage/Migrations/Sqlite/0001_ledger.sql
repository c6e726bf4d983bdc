CREATE TABLE ledger (
    position INTEGER PRIMARY KEY CHECK (position > 0),
    stream_kind TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    actor_roles TEXT NOT NULL,
    actor_is_person INTEGER NOT NULL CHECK (actor_is_person IN (0, 1)),
    recorded_at_us INTEGER NOT NULL,
    idempotency_key TEXT,
    previous_hash TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    UNIQUE (stream_kind, stream_id, version)
) STRICT;

CREATE INDEX ledger_idempotency ON ledger (stream_kind, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TABLE storage_probe (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    probed_at_us INTEGER NOT NULL
) STRICT;
