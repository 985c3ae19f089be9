-- +goose Up
CREATE TABLE reveals (
    ticket    INTEGER NOT NULL REFERENCES tickets (number),
    pseudonym TEXT NOT NULL,          -- never what it stands for
    asked     INTEGER NOT NULL
) STRICT;
CREATE INDEX reveals_ticket ON reveals (ticket);

-- +goose Down
DROP TABLE reveals;
