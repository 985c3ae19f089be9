-- Which desk fetches mails from a folder: one does, for as long as its beat
-- moves. The others see by their own clocks that it has stopped.
-- +goose Up
CREATE TABLE mail_fetchers (
    folder TEXT NOT NULL PRIMARY KEY, -- hex of the SHA-256 of where it is
    holder TEXT NOT NULL,             -- drawn by a desk at its start; '' is nobody
    beat   INTEGER NOT NULL           -- one more each time
) STRICT;

-- +goose Down
DROP TABLE mail_fetchers;
