-- Staff with several roles and factors, keys of programs, links to tickets.
-- +goose Up
ALTER TABLE staff ADD COLUMN roles TEXT NOT NULL DEFAULT 'supporter'; -- names with spaces between
UPDATE staff SET roles = 'supporter administrator' WHERE role = 'admin';
ALTER TABLE staff DROP COLUMN role;
ALTER TABLE staff ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE staff ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN subject TEXT NOT NULL DEFAULT '';  -- at the OpenID provider
ALTER TABLE staff ADD COLUMN handle BLOB NOT NULL DEFAULT x'';  -- what passkeys know them by
ALTER TABLE staff ADD COLUMN totp TEXT NOT NULL DEFAULT '';     -- base32; '' is none
ALTER TABLE staff ADD COLUMN totp_new TEXT NOT NULL DEFAULT ''; -- shown, and not confirmed yet
ALTER TABLE staff ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0; -- the last one that was used
CREATE UNIQUE INDEX staff_subject ON staff (subject) WHERE subject <> '';
CREATE UNIQUE INDEX staff_handle ON staff (handle) WHERE handle <> x'';

ALTER TABLE tokens ADD COLUMN how TEXT NOT NULL DEFAULT '';     -- password, totp, recovery, passkey, oidc
ALTER TABLE tokens ADD COLUMN source TEXT NOT NULL DEFAULT '';  -- network address
ALTER TABLE tokens ADD COLUMN agent TEXT NOT NULL DEFAULT '';
ALTER TABLE tokens ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0; -- when its owner last proved who they are

CREATE TABLE passkeys (
    id      TEXT PRIMARY KEY,         -- base64url, as authenticators name it
    staff   TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
    name    TEXT NOT NULL,
    record  BLOB NOT NULL,            -- its public key and counter
    created INTEGER NOT NULL,
    used    INTEGER
) STRICT;
CREATE INDEX passkeys_staff ON passkeys (staff);

CREATE TABLE recovery_codes (
    hash  BLOB PRIMARY KEY,           -- SHA-256
    staff TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX recovery_codes_staff ON recovery_codes (staff);

CREATE TABLE signins (
    hash    BLOB PRIMARY KEY,         -- SHA-256 of what the one who signs in was given
    kind    TEXT NOT NULL,            -- second, passkey, register, oidc
    staff   TEXT REFERENCES staff (name) ON DELETE CASCADE,
    state   BLOB NOT NULL,            -- what the answer is judged by
    tries   INTEGER NOT NULL DEFAULT 0,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX signins_staff ON signins (staff);
CREATE INDEX signins_expires ON signins (expires);

CREATE TABLE api_keys (
    id      TEXT PRIMARY KEY,
    hash    BLOB NOT NULL UNIQUE,     -- SHA-256
    name    TEXT NOT NULL,
    scopes  TEXT NOT NULL,            -- names with spaces between
    made_by TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used    INTEGER
) STRICT;

CREATE TABLE ticket_links (
    id      TEXT PRIMARY KEY,
    hash    BLOB NOT NULL UNIQUE,     -- SHA-256
    ticket  INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    made_by TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    uses    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX ticket_links_ticket ON ticket_links (ticket);
CREATE INDEX ticket_links_expires ON ticket_links (expires);

-- +goose Down
DROP TABLE ticket_links;
DROP TABLE api_keys;
DROP TABLE signins;
DROP TABLE recovery_codes;
DROP TABLE passkeys;
ALTER TABLE tokens DROP COLUMN confirmed;
ALTER TABLE tokens DROP COLUMN used;
ALTER TABLE tokens DROP COLUMN agent;
ALTER TABLE tokens DROP COLUMN source;
ALTER TABLE tokens DROP COLUMN how;
DROP INDEX staff_handle;
DROP INDEX staff_subject;
ALTER TABLE staff DROP COLUMN totp_step;
ALTER TABLE staff DROP COLUMN totp_new;
ALTER TABLE staff DROP COLUMN totp;
ALTER TABLE staff DROP COLUMN handle;
ALTER TABLE staff DROP COLUMN subject;
ALTER TABLE staff DROP COLUMN language;
ALTER TABLE staff DROP COLUMN email;
ALTER TABLE staff DROP COLUMN disabled;
ALTER TABLE staff DROP COLUMN version;
ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'supporter';
UPDATE staff SET role = 'admin' WHERE roles LIKE '%administrator%';
ALTER TABLE staff DROP COLUMN roles;
