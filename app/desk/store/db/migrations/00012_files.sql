-- Attachments are kept once for their content, wherever they are attached. An
-- object that no bundle, file or unfinished upload names is deleted.
-- +goose Up
CREATE TABLE objects (
    sha256  TEXT PRIMARY KEY,
    name    TEXT NOT NULL,             -- where it lies: the hash and a few digits more
    size    INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO objects (sha256, name, size, created)
    SELECT sha256, sha256 || '.' || substr(min(id), 1, 8), min(size), min(created) FROM bundles GROUP BY sha256;

CREATE TABLE removals (
    name TEXT PRIMARY KEY              -- an object that no row names any more, until its file is gone
) STRICT, WITHOUT ROWID;

CREATE TABLE holds (
    name  TEXT PRIMARY KEY,            -- who reads objects that rows may forget meanwhile: a backup
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE uploads ADD COLUMN kind TEXT NOT NULL DEFAULT 'bundle';
ALTER TABLE uploads ADD COLUMN author TEXT NOT NULL DEFAULT ''; -- a name of staff; '' is the customer
ALTER TABLE uploads ADD COLUMN type TEXT NOT NULL DEFAULT ''; -- media type, as announced
CREATE INDEX uploads_sha256 ON uploads (sha256);
CREATE INDEX uploads_expires ON uploads (expires);
CREATE TABLE upload_parts (
    upload   TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    PRIMARY KEY (upload, position)
) STRICT, WITHOUT ROWID;
INSERT INTO upload_parts (upload, position, name, size) SELECT id, 0, '', position FROM uploads WHERE position > 0;

ALTER TABLE bundles ADD COLUMN scan TEXT NOT NULL DEFAULT ''; -- waiting, found, failed; '' is clean
CREATE INDEX bundles_sha256 ON bundles (sha256);
CREATE INDEX bundles_scan ON bundles (created) WHERE scan = 'waiting';

CREATE TABLE files (
    id       TEXT PRIMARY KEY,         -- its upload's
    ticket   INTEGER NOT NULL REFERENCES tickets (number),
    name     TEXT NOT NULL,
    type     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT NOT NULL,
    metadata TEXT NOT NULL,
    used     INTEGER NOT NULL,         -- an entry has it; else it is deleted after some days
    public   INTEGER NOT NULL,         -- the customer sees the entry
    scan     TEXT NOT NULL,
    created  INTEGER NOT NULL
) STRICT;
CREATE INDEX files_ticket ON files (ticket);
CREATE INDEX files_sha256 ON files (sha256);
CREATE INDEX files_unused ON files (created) WHERE used = 0;
CREATE INDEX files_scan ON files (created) WHERE scan = 'waiting';

CREATE TABLE tombstones (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket INTEGER NOT NULL REFERENCES tickets (number),
    what   TEXT NOT NULL,
    why    TEXT NOT NULL,
    dug    INTEGER NOT NULL
) STRICT;
CREATE INDEX tombstones_ticket ON tombstones (ticket);

-- +goose Down
DROP TABLE tombstones;
DROP TABLE files;
DROP INDEX bundles_scan;
DROP INDEX bundles_sha256;
ALTER TABLE bundles DROP COLUMN scan;
DROP TABLE upload_parts;
DROP INDEX uploads_expires;
DROP INDEX uploads_sha256;
ALTER TABLE uploads DROP COLUMN type;
ALTER TABLE uploads DROP COLUMN author;
ALTER TABLE uploads DROP COLUMN kind;
DROP TABLE holds;
DROP TABLE removals;
DROP TABLE objects;
