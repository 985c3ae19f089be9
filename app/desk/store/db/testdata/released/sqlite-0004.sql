CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1);
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

INSERT INTO goose_db_version (version_id, is_applied) VALUES (1, 1);
CREATE TABLE reveals (
    ticket    INTEGER NOT NULL REFERENCES tickets (number),
    pseudonym TEXT NOT NULL,          -- never what it stands for
    asked     INTEGER NOT NULL
) STRICT;
CREATE INDEX reveals_ticket ON reveals (ticket);

INSERT INTO goose_db_version (version_id, is_applied) VALUES (2, 1);
CREATE TABLE records (
    session  TEXT NOT NULL REFERENCES sessions (id),
    position INTEGER NOT NULL,        -- bytes before this piece
    piece    BLOB NOT NULL,           -- whole lines
    PRIMARY KEY (session, position)
) STRICT, WITHOUT ROWID;

INSERT INTO goose_db_version (version_id, is_applied) VALUES (3, 1);
ALTER TABLE sessions ADD COLUMN rights TEXT NOT NULL DEFAULT 'see'; -- names with spaces between
ALTER TABLE sessions ADD COLUMN role TEXT NOT NULL DEFAULT 'supporter';
ALTER TABLE sessions ADD COLUMN desk_key BLOB;                      -- Ed25519; NULL: asked before desks signed
ALTER TABLE sessions ADD COLUMN signature BLOB;
DROP INDEX sessions_one_open;
CREATE UNIQUE INDEX sessions_open ON sessions (ticket, staff, role) WHERE ended IS NULL;

INSERT INTO goose_db_version (version_id, is_applied) VALUES (4, 1);
INSERT INTO tickets (number, id, filed, state, title, description, product, priority, name, contact, language, search, created, updated) VALUES
 (1, x'01', x'02', 'new', 'Ä title', 'line
line ''quoted''', 'Demo', 'high', 'Kim', 'kim@example.com', 'de', 'ä title', 1700000000000000, 1700000000000001),
 (7, x'03', x'04', 'new', 'Later', '', 'Demo', 'low', 'Sam', '', '', 'later', 1700000000000002, 1700000000000002);
INSERT INTO staff (name, display_name, role, password, created) VALUES
 ('sam', 'Sam Support', 'supporter', '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 1700000000000000),
 ('Alex', 'Alex Admin', 'admin', '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 1700000000000000);
INSERT INTO tokens (hash, ticket, staff, created, expires) VALUES (x'0a', 1, NULL, 1, 4000000000000000), (x'0b', NULL, 'sam', 1, 4000000000000000);
INSERT INTO uploads (id, ticket, name, size, sha256, metadata, position, digest, created, expires) VALUES
 ('0123456789abcdef0123456789abcdef', 1, 'half.zip', 100, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'ticket MQ==', 40, x'00', 1, 4000000000000000),
 ('1123456789abcdef0123456789abcdef', 1, 'none.zip', 100, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '', 0, x'', 1, 4000000000000000);
INSERT INTO bundles (id, ticket, name, size, sha256, metadata, created) VALUES
 ('2123456789abcdef0123456789abcdef', 1, 'case.zip', 3, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'ticket MQ==', 5),
 ('3123456789abcdef0123456789abcdef', 7, 'same.zip', 3, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'ticket Nw==', 6);
INSERT INTO sessions (id, ticket, staff, supporter, organisation, first_part, asked, expires, consented, started, ended, ended_by, reason, rights, role, desk_key, signature) VALUES
 ('s1', 1, 'sam', 'Sam Support', 'Example', '042', 10, 20, 11, 12, 13, 'supporter', 'done', 'see control', 'supporter', x'aa', x'bb'),
 ('s2', 1, 'Alex', 'Alex Admin', 'Example', '043', 14, 4000000000000000, NULL, NULL, NULL, '', '', 'see', 'observer', NULL, NULL);
INSERT INTO reveals (ticket, pseudonym, asked) VALUES (1, 'user-27', 15);
INSERT INTO records (session, position, piece) VALUES ('s1', 0, x'7b7d0a'), ('s1', 3, x'7b7d0a');
