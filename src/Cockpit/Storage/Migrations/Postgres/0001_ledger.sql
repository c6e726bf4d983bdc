CREATE TABLE ledger (
    position bigint PRIMARY KEY CHECK (position > 0),
    stream_kind text NOT NULL,
    stream_id text NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    type text NOT NULL,
    payload text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    actor_roles text NOT NULL,
    actor_is_person bigint NOT NULL CHECK (actor_is_person IN (0, 1)),
    recorded_at_us bigint NOT NULL,
    idempotency_key text,
    previous_hash text NOT NULL UNIQUE,
    hash text NOT NULL,
    UNIQUE (stream_kind, stream_id, version)
);

CREATE INDEX ledger_idempotency ON ledger (stream_kind, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END
$$;

CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

CREATE TABLE storage_probe (
    id bigint PRIMARY KEY CHECK (id = 1),
    probed_at_us bigint NOT NULL
);
