-- Who looks after which queue, saved filters, and what was counted.
-- +goose Up
CREATE TABLE queues (
    name    TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_queues (
    staff TEXT NOT NULL,
    queue TEXT NOT NULL REFERENCES queues (name) ON DELETE CASCADE,
    PRIMARY KEY (staff, queue)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_queues_queue ON staff_queues (queue, staff);

CREATE TABLE filters (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    owner   TEXT NOT NULL,               -- a name of staff
    shared  INTEGER NOT NULL,
    name    TEXT NOT NULL,
    query   TEXT NOT NULL                -- JSON
) STRICT;
CREATE INDEX filters_owner ON filters (owner, id);
CREATE INDEX filters_shared ON filters (id) WHERE shared = 1;

-- What of a ticket is in the numbers: taken out and counted anew when it changes.
-- Nothing of a person is in it.
CREATE TABLE counted (
    ticket      INTEGER PRIMARY KEY REFERENCES tickets (number) ON DELETE CASCADE,
    filed       INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    product     TEXT NOT NULL,
    module      TEXT NOT NULL,
    answered    INTEGER,                 -- the first public answer
    solved      INTEGER,
    cause       TEXT NOT NULL,
    first_check INTEGER NOT NULL
) STRICT;

CREATE TABLE numbers (
    scope   INTEGER NOT NULL,            -- 0: everything, 1: a product, 2: a module of it
    product TEXT NOT NULL,
    module  TEXT NOT NULL,
    week    INTEGER NOT NULL,            -- days from 1970-01-01 to its Monday
    measure TEXT NOT NULL,
    place   TEXT NOT NULL,               -- which of the measure's: an hour, a cause, a span
    n       INTEGER NOT NULL,
    PRIMARY KEY (scope, product, module, week, measure, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX numbers_parts ON numbers (measure, week, scope);

-- For the views and the stand-up: what is due first.
CREATE INDEX tickets_promised ON tickets (state, due) WHERE due IS NOT NULL;
CREATE INDEX tickets_open ON tickets (owner, due, number, queue, state) WHERE state IN ('new', 'open', 'waiting-customer', 'waiting-third');

-- +goose Down
DROP INDEX tickets_open;
DROP INDEX tickets_promised;
DROP TABLE numbers;
DROP TABLE counted;
DROP TABLE filters;
DROP TABLE staff_queues;
DROP TABLE queues;
