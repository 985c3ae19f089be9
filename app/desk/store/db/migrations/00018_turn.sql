-- The order of what was asked for at the same moment.
-- +goose Up
ALTER TABLE sessions ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reveals ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE reveals DROP COLUMN turn;
ALTER TABLE sessions DROP COLUMN turn;
