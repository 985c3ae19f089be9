-- Who the customers are, what runs at their houses, and when somebody was let in.
-- +goose Up
CREATE TABLE organisations (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    version      INTEGER NOT NULL,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL UNIQUE,      -- the name in lower case: told apart and ordered by it
    party        TEXT NOT NULL,
    language     TEXT NOT NULL,
    contract     TEXT NOT NULL,             -- for the team alone
    ways         TEXT NOT NULL DEFAULT '',  -- how to get in; never in a list
    ways_version INTEGER NOT NULL DEFAULT 0,
    ways_by      TEXT NOT NULL DEFAULT '',
    ways_updated INTEGER NOT NULL DEFAULT 0,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL
) STRICT;

CREATE TABLE organisation_domains (
    domain       TEXT PRIMARY KEY,          -- lower case
    organisation INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_domains_organisation ON organisation_domains (organisation);

CREATE TABLE contacts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    version      INTEGER NOT NULL,
    organisation INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL,             -- the name in lower case
    mail         TEXT NOT NULL,             -- lower case
    phone        TEXT NOT NULL,
    language     TEXT NOT NULL,
    company      TEXT NOT NULL,
    roles        TEXT NOT NULL              -- with spaces between
) STRICT;
CREATE INDEX contacts_organisation ON contacts (organisation, folded);
CREATE UNIQUE INDEX contacts_mail ON contacts (mail) WHERE mail <> '';

CREATE TABLE installations (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    version         INTEGER NOT NULL,
    organisation    INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    product         TEXT NOT NULL,
    folded          TEXT NOT NULL,          -- the product in lower case
    product_version TEXT NOT NULL,
    place           TEXT NOT NULL,
    note            TEXT NOT NULL,
    updated         INTEGER NOT NULL
) STRICT;
CREATE INDEX installations_organisation ON installations (organisation, folded);

CREATE TABLE sightings (
    installation    INTEGER NOT NULL REFERENCES installations (id) ON DELETE CASCADE,
    bundle          TEXT NOT NULL,          -- its ID
    ticket          INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    product_version TEXT NOT NULL,
    seen            INTEGER NOT NULL,
    PRIMARY KEY (installation, bundle)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_ticket ON sightings (ticket);

CREATE TABLE accesses (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    version      INTEGER NOT NULL,
    state        TEXT NOT NULL,
    organisation INTEGER NOT NULL REFERENCES organisations (id),
    installation INTEGER REFERENCES installations (id) ON DELETE SET NULL,
    ticket       INTEGER REFERENCES tickets (number) ON DELETE SET NULL,
    why          TEXT NOT NULL,
    scope        TEXT NOT NULL,
    author       TEXT NOT NULL,             -- a name of staff
    requested    INTEGER NOT NULL,
    until        INTEGER NOT NULL,
    granted_by   INTEGER REFERENCES contacts (id) ON DELETE SET NULL,
    granted_name TEXT NOT NULL DEFAULT '',  -- as they were called then
    how          TEXT NOT NULL DEFAULT '',
    granted      INTEGER,
    ended        INTEGER,
    ended_by     TEXT NOT NULL DEFAULT '',
    reason       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX accesses_organisation ON accesses (organisation, id);
CREATE INDEX accesses_installation ON accesses (installation) WHERE installation IS NOT NULL;
CREATE INDEX accesses_ticket ON accesses (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX accesses_granted_by ON accesses (granted_by) WHERE granted_by IS NOT NULL;
CREATE INDEX accesses_until ON accesses (state, until);

CREATE TABLE access_people (
    access INTEGER NOT NULL REFERENCES accesses (id) ON DELETE CASCADE,
    staff  TEXT NOT NULL,
    PRIMARY KEY (access, staff)
) STRICT, WITHOUT ROWID;

CREATE TABLE access_uses (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    access INTEGER NOT NULL REFERENCES accesses (id) ON DELETE CASCADE,
    used   INTEGER NOT NULL,
    staff  TEXT NOT NULL,
    note   TEXT NOT NULL
) STRICT;
CREATE INDEX access_uses_access ON access_uses (access, id);

-- +goose Down
DROP TABLE access_uses;
DROP TABLE access_people;
DROP TABLE accesses;
DROP TABLE sightings;
DROP TABLE installations;
DROP TABLE contacts;
DROP TABLE organisation_domains;
DROP TABLE organisations;
