-- A session's record as it came, piece behind piece; no piece is ever changed.
-- +goose Up
CREATE TABLE records (
    session  TEXT NOT NULL REFERENCES sessions (id),
    position INTEGER NOT NULL,        -- bytes before this piece
    piece    BLOB NOT NULL,           -- whole lines
    PRIMARY KEY (session, position)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE records;
