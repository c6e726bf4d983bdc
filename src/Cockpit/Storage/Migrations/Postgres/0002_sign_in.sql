CREATE TABLE users (
    id text PRIMARY KEY,
    name text NOT NULL,
    normalized_name text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    roles text NOT NULL,
    security_stamp text NOT NULL,
    is_disabled bigint NOT NULL CHECK (is_disabled IN (0, 1)),
    created_at_us bigint NOT NULL
);

CREATE TABLE data_protection_keys (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    friendly_name text NOT NULL,
    xml text NOT NULL,
    created_at_us bigint NOT NULL
);
