-- From where staff have signed in: who tries a name from everywhere else keeps
-- nobody away who comes from there.
-- +goose Up
CREATE TABLE staff_places (
    staff  TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
    source TEXT NOT NULL,             -- network address, as limits count it
    used   INTEGER NOT NULL,          -- when they last signed in from there
    PRIMARY KEY (staff, source)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE staff_places;
