-- What was done, by whom, in order. Rows are never changed, but to erase what is
-- personal in them: address, detail and salt together. See docs/journal.md.
-- +goose Up
CREATE TABLE journal (
    seq     INTEGER PRIMARY KEY,      -- from 1, without a gap
    at      INTEGER NOT NULL,
    kind    TEXT NOT NULL,            -- who did it
    name    TEXT NOT NULL,            -- of that kind; '' where it is an address
    address TEXT,                     -- NULL: none, or erased
    ticket  INTEGER NOT NULL,         -- 0: none
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT,                     -- JSON; NULL: erased
    salt    BLOB,                     -- NULL: erased
    private BLOB NOT NULL,            -- SHA-256 of salt, address and detail
    hash    BLOB NOT NULL             -- SHA-256 of the hash before and everything else, with private for what is personal
) STRICT;
CREATE INDEX journal_ticket ON journal (ticket, seq) WHERE ticket <> 0;

-- postgresql only
-- Several write at once here, and commit in any order: what is written waits
-- for the one that numbers it.
CREATE TABLE journal_pending (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      BIGINT NOT NULL,
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    address TEXT,
    ticket  BIGINT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT,
    salt    BYTEA,
    private BYTEA NOT NULL
);
-- end

CREATE TABLE journal_cursors (
    name TEXT PRIMARY KEY,
    seq  INTEGER NOT NULL             -- the last one that is done
) STRICT;

-- +goose Down
DROP TABLE journal_cursors;
-- postgresql only
DROP TABLE journal_pending;
-- end
DROP TABLE journal;
