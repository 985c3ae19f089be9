-- Addresses outside that are told what happens, what they were sent, and
-- what monitors have said.
-- +goose Up
CREATE TABLE hooks (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    name    TEXT NOT NULL,
    url     TEXT NOT NULL,
    actions TEXT NOT NULL,            -- with spaces between
    secret  BLOB NOT NULL,            -- signs, so it cannot be a hash
    enabled INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    created INTEGER NOT NULL,
    failing INTEGER,
    why     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE deliveries (
    id      TEXT PRIMARY KEY,
    hook    INTEGER NOT NULL REFERENCES hooks (id) ON DELETE CASCADE,
    action  TEXT NOT NULL,
    ticket  INTEGER NOT NULL,
    body    BLOB NOT NULL,            -- as it is signed
    made    INTEGER NOT NULL,
    tries   INTEGER NOT NULL DEFAULT 0,
    next    INTEGER,                  -- NULL: arrived, or given up
    done    INTEGER,
    status  INTEGER NOT NULL DEFAULT 0,
    error   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX deliveries_next ON deliveries (next) WHERE next IS NOT NULL;
CREATE INDEX deliveries_hook ON deliveries (hook, made);
CREATE INDEX deliveries_made ON deliveries (made);

CREATE TABLE alarms (
    monitor TEXT NOT NULL,            -- the key's ID
    alarm   TEXT NOT NULL,            -- the monitor's own name for what is wrong
    ticket  INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    firing  INTEGER NOT NULL,
    times   INTEGER NOT NULL,         -- how often it was said
    told    INTEGER NOT NULL,         -- when an entry was last written
    PRIMARY KEY (monitor, alarm)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarms_ticket ON alarms (ticket);

-- +goose Down
DROP TABLE alarms;
DROP TABLE deliveries;
DROP TABLE hooks;
