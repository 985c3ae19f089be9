-- What a session asks for, under the desk's signature. Several may be open on
-- a ticket, one for each member of staff and role.
-- +goose Up
ALTER TABLE sessions ADD COLUMN rights TEXT NOT NULL DEFAULT 'see'; -- names with spaces between
ALTER TABLE sessions ADD COLUMN role TEXT NOT NULL DEFAULT 'supporter';
ALTER TABLE sessions ADD COLUMN desk_key BLOB;                      -- Ed25519; NULL: asked before desks signed
ALTER TABLE sessions ADD COLUMN signature BLOB;
DROP INDEX sessions_one_open;
CREATE UNIQUE INDEX sessions_open ON sessions (ticket, staff, role) WHERE ended IS NULL;

-- +goose Down
DROP INDEX sessions_open;
UPDATE sessions SET ended = asked, ended_by = 'desk', reason = 'replaced' WHERE ended IS NULL;
CREATE UNIQUE INDEX sessions_one_open ON sessions (ticket) WHERE ended IS NULL;
ALTER TABLE sessions DROP COLUMN signature;
ALTER TABLE sessions DROP COLUMN desk_key;
ALTER TABLE sessions DROP COLUMN role;
ALTER TABLE sessions DROP COLUMN rights;
