CREATE TABLE objective_series (
    objective_key text PRIMARY KEY,
    taken_at_us bigint NOT NULL,
    series bytea NOT NULL,
    counters text NOT NULL
);

CREATE TABLE objective_notes (
    id bigint PRIMARY KEY CHECK (id = 1),
    taken_at_us bigint NOT NULL,
    notes text NOT NULL
);
