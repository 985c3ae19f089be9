-- Times are microseconds since 1970 in UTC. Secrets are kept as hashes only.
-- +goose Up
-- postgresql only
CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
-- end
CREATE TABLE tickets (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    id          BLOB NOT NULL UNIQUE, -- SHA-256 of the ID that the client drew: who knows the ID gets a token
    filed       BLOB NOT NULL,        -- SHA-256 of the content as filed, to know a repetition from a misuse
    state       TEXT NOT NULL,
    title       TEXT NOT NULL,
    description TEXT NOT NULL,
    product     TEXT NOT NULL,
    priority    TEXT NOT NULL CHECK (priority IN ('critical', 'high', 'normal', 'low')),
    name        TEXT NOT NULL,
    contact     TEXT NOT NULL,
    language    TEXT NOT NULL,
    search      TEXT NOT NULL,        -- title and description in lower case, of every script
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL
) STRICT;

CREATE TABLE staff (
    name         TEXT PRIMARY KEY COLLATE NOCASE,
    display_name TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('supporter', 'admin')),
    password     TEXT NOT NULL,       -- argon2id, PHC string
    created      INTEGER NOT NULL
) STRICT;

CREATE TABLE tokens (
    hash    BLOB PRIMARY KEY,         -- SHA-256 of the token
    ticket  INTEGER REFERENCES tickets (number) ON DELETE CASCADE,
    staff   TEXT REFERENCES staff (name) ON DELETE CASCADE,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    CHECK ((ticket IS NULL) <> (staff IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_ticket ON tokens (ticket);
CREATE INDEX tokens_staff ON tokens (staff);
CREATE INDEX tokens_expires ON tokens (expires);

CREATE TABLE uploads (
    id       TEXT PRIMARY KEY,
    ticket   INTEGER NOT NULL REFERENCES tickets (number),
    name     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT NOT NULL,           -- hex, as announced
    metadata TEXT NOT NULL,           -- as sent, for HEAD
    position INTEGER NOT NULL,        -- bytes that are on disk for certain
    digest   BLOB NOT NULL,           -- SHA-256's state over those bytes; empty: read them again
    created  INTEGER NOT NULL,
    expires  INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_ticket ON uploads (ticket);

CREATE TABLE bundles (
    id       TEXT PRIMARY KEY,
    ticket   INTEGER NOT NULL REFERENCES tickets (number),
    name     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT NOT NULL,
    metadata TEXT NOT NULL,           -- the upload's, for HEAD
    created  INTEGER NOT NULL
) STRICT;
CREATE INDEX bundles_ticket ON bundles (ticket);

CREATE TABLE sessions (
    id           TEXT PRIMARY KEY,
    ticket       INTEGER NOT NULL REFERENCES tickets (number),
    staff        TEXT NOT NULL REFERENCES staff (name),
    supporter    TEXT NOT NULL,       -- the name as it was shown
    organisation TEXT NOT NULL,
    first_part   TEXT NOT NULL,
    asked        INTEGER NOT NULL,
    expires      INTEGER NOT NULL,
    consented    INTEGER,
    started      INTEGER,
    ended        INTEGER,
    ended_by     TEXT NOT NULL DEFAULT '',
    reason       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sessions_ticket ON sessions (ticket);
CREATE UNIQUE INDEX sessions_one_open ON sessions (ticket) WHERE ended IS NULL;

-- +goose Down
DROP TABLE sessions;
DROP TABLE bundles;
DROP TABLE uploads;
DROP TABLE tokens;
DROP TABLE staff;
DROP TABLE tickets;
-- postgresql only
DROP COLLATION nocase;
-- end
