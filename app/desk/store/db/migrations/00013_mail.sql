-- Mails that came in and that go out, and who takes part in a ticket by mail.
-- +goose Up
CREATE TABLE mails (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    incoming   INTEGER NOT NULL,
    state      TEXT NOT NULL,
    what       TEXT NOT NULL,
    mark       BLOB NOT NULL UNIQUE,        -- in: SHA-256 of what makes it this mail; out: of why it is sent and to whom
    ticket     INTEGER REFERENCES tickets (number) ON DELETE CASCADE,
    entry      INTEGER NOT NULL DEFAULT 0,  -- an entry's ID; 0: none
    message_id TEXT NOT NULL DEFAULT '',    -- without brackets
    side       TEXT NOT NULL DEFAULT '',    -- out: who may answer as whom: customer, third, staff
    address    TEXT NOT NULL,               -- lower case: the sender's, or the recipient's
    name       TEXT NOT NULL DEFAULT '',
    subject    TEXT NOT NULL DEFAULT '',
    quoted     TEXT NOT NULL DEFAULT '',
    signature  TEXT NOT NULL DEFAULT '',
    remarks    TEXT NOT NULL DEFAULT '',    -- JSON
    content    TEXT NOT NULL DEFAULT '',    -- out: JSON of what is sent; '' once it is
    problem    TEXT NOT NULL DEFAULT '',
    tries      INTEGER NOT NULL DEFAULT 0,
    written    INTEGER NOT NULL,
    next       INTEGER,                     -- out: when it is to be tried; NULL: no more
    sent       INTEGER
) STRICT;
CREATE INDEX mails_ticket ON mails (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX mails_message ON mails (message_id) WHERE message_id <> '';
CREATE INDEX mails_next ON mails (next) WHERE next IS NOT NULL;
CREATE INDEX mails_address ON mails (address, incoming, written);
CREATE INDEX mails_state ON mails (state, id);

-- Who else was written to from a ticket, and as what they take part.
CREATE TABLE mail_parties (
    ticket  INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    address TEXT NOT NULL,                  -- lower case
    party   TEXT NOT NULL,
    public  INTEGER NOT NULL,               -- the customer sees what they answer
    PRIMARY KEY (ticket, address)
) STRICT, WITHOUT ROWID;

-- What addresses on tickets are signed with.
CREATE TABLE mail_keys (
    id     INTEGER PRIMARY KEY,             -- 1 is the only one
    secret BLOB NOT NULL,
    since  INTEGER NOT NULL                 -- when this desk began to write mails: nobody is told of what was before
) STRICT;

-- +goose Down
DROP TABLE mail_keys;
DROP TABLE mail_parties;
DROP TABLE mails;
