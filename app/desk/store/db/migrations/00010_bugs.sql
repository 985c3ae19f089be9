-- Faults of products that several tickets are about, who was told of them, and
-- the versions that were published. Texts for customers are JSON, by language.
-- +goose Up
CREATE TABLE bugs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    version     INTEGER NOT NULL,
    product     TEXT NOT NULL,
    folded      TEXT NOT NULL,           -- the product in lower case
    module      TEXT NOT NULL,
    title       TEXT NOT NULL,
    search      TEXT NOT NULL,           -- title and ref in lower case
    description TEXT NOT NULL,
    ref         TEXT NOT NULL,
    state       TEXT NOT NULL,
    since       TEXT NOT NULL,
    fixed_in    TEXT NOT NULL,
    workaround  TEXT NOT NULL,
    fix         TEXT NOT NULL,
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL
) STRICT;
CREATE INDEX bugs_product ON bugs (folded, id);

CREATE TABLE bug_tickets (
    bug    INTEGER NOT NULL REFERENCES bugs (id) ON DELETE CASCADE,
    ticket INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    author TEXT NOT NULL,                -- a name of staff, or 'rule'
    linked INTEGER NOT NULL,
    PRIMARY KEY (bug, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX bug_tickets_ticket ON bug_tickets (ticket, bug);

CREATE TABLE tellings (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    bug     INTEGER NOT NULL REFERENCES bugs (id) ON DELETE CASCADE,
    what    TEXT NOT NULL,
    author  TEXT NOT NULL,
    begun   INTEGER NOT NULL,
    texts   TEXT NOT NULL,               -- JSON: what was known when it was begun
    total   INTEGER NOT NULL,
    done    INTEGER NOT NULL             -- 1: nobody is left
) STRICT;
CREATE INDEX tellings_bug ON tellings (bug, id);
CREATE INDEX tellings_open ON tellings (id) WHERE done = 0;

CREATE TABLE told (
    telling INTEGER NOT NULL REFERENCES tellings (id) ON DELETE CASCADE,
    ticket  INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    result  TEXT NOT NULL,
    entry   INTEGER NOT NULL DEFAULT 0,
    problem TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (telling, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_ticket ON told (ticket);
CREATE INDEX told_waiting ON told (telling, ticket) WHERE result = 'waiting';

-- Which text a ticket's customer has had of which bug.
CREATE TABLE told_texts (
    bug    INTEGER NOT NULL REFERENCES bugs (id) ON DELETE CASCADE,
    ticket INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    digest BLOB NOT NULL,                -- SHA-256 of the text
    entry  INTEGER NOT NULL,
    PRIMARY KEY (bug, ticket, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_texts_ticket ON told_texts (ticket);

CREATE TABLE releases (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,            -- of this record
    product TEXT NOT NULL,
    folded  TEXT NOT NULL,               -- the product in lower case
    release TEXT NOT NULL,
    day     TEXT NOT NULL,               -- 2026-11-30
    notes   TEXT NOT NULL,
    UNIQUE (folded, release)
) STRICT;
CREATE INDEX releases_day ON releases (day, id);

CREATE TABLE release_bugs (
    release INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    bug     INTEGER NOT NULL REFERENCES bugs (id) ON DELETE CASCADE,
    PRIMARY KEY (release, bug)
) STRICT, WITHOUT ROWID;
CREATE INDEX release_bugs_bug ON release_bugs (bug);

-- +goose Down
DROP TABLE release_bugs;
DROP TABLE releases;
DROP TABLE told_texts;
DROP TABLE told;
DROP TABLE tellings;
DROP TABLE bug_tickets;
DROP TABLE bugs;
