CREATE TABLE objective_series (
    objective_key TEXT PRIMARY KEY,
    taken_at_us INTEGER NOT NULL,
    series BLOB NOT NULL,
    counters TEXT NOT NULL
) STRICT;

CREATE TABLE objective_notes (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    taken_at_us INTEGER NOT NULL,
    notes TEXT NOT NULL
) STRICT;
