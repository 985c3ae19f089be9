-- A ticket's timeline. Nothing of an entry is changed later, but that its text can be taken: gone says why.
-- +goose Up
CREATE TABLE entries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket     INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    uid        BLOB UNIQUE,              -- SHA-256 of the ID that its client drew; NULL: the desk's own
    filed      BLOB,                     -- SHA-256 of the content as it was sent, to know a repetition from a misuse
    written    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    public     INTEGER NOT NULL,
    author     TEXT NOT NULL,            -- a name of staff, "customer", "desk", "rule", or an address
    name       TEXT NOT NULL DEFAULT '', -- of the author, as people are shown it
    party      TEXT NOT NULL DEFAULT '',
    body       TEXT NOT NULL,
    mentions   TEXT NOT NULL DEFAULT '', -- names of staff with spaces between
    sender     TEXT NOT NULL DEFAULT '', -- a mail's
    recipients TEXT NOT NULL DEFAULT '', -- JSON
    subject    TEXT NOT NULL DEFAULT '',
    ref        TEXT NOT NULL DEFAULT '',
    minutes    INTEGER NOT NULL DEFAULT 0,
    files      TEXT NOT NULL DEFAULT '', -- JSON
    wants      TEXT NOT NULL DEFAULT '', -- JSON
    changes    TEXT NOT NULL DEFAULT '', -- JSON
    gone       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX entries_ticket ON entries (ticket, id);
CREATE INDEX entries_requests ON entries (ticket, id) WHERE kind = 'request';

-- +goose Down
DROP TABLE entries;
