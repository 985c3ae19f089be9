-- What is known of a ticket, and what support makes of it. What is only shown
-- and never looked for is JSON; '' is an empty list.
-- +goose Up
ALTER TABLE tickets ADD COLUMN version INTEGER NOT NULL DEFAULT 1;          -- one more with every change of its fields
ALTER TABLE tickets ADD COLUMN kind TEXT NOT NULL DEFAULT 'fault';
ALTER TABLE tickets ADD COLUMN product_version TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN module TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN impact TEXT NOT NULL DEFAULT 'one';
ALTER TABLE tickets ADD COLUMN critical TEXT NOT NULL DEFAULT '';           -- JSON
ALTER TABLE tickets ADD COLUMN answers TEXT NOT NULL DEFAULT '';            -- JSON
ALTER TABLE tickets ADD COLUMN findings TEXT NOT NULL DEFAULT '';           -- JSON
ALTER TABLE tickets ADD COLUMN signs TEXT NOT NULL DEFAULT '';              -- JSON
ALTER TABLE tickets ADD COLUMN urgency TEXT NOT NULL DEFAULT '';            -- '': as the customer asked
ALTER TABLE tickets ADD COLUMN urgency_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN urgency_by TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN urgency_at INTEGER;
ALTER TABLE tickets ADD COLUMN effective TEXT NOT NULL DEFAULT 'normal';    -- urgency, or else priority
ALTER TABLE tickets ADD COLUMN queue TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN level INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tickets ADD COLUMN level_at TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN owner TEXT NOT NULL DEFAULT '';              -- a name of staff
ALTER TABLE tickets ADD COLUMN waiting_for TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN waiting_since INTEGER;
ALTER TABLE tickets ADD COLUMN plan TEXT NOT NULL DEFAULT '';               -- JSON
ALTER TABLE tickets ADD COLUMN parent INTEGER;                              -- a ticket; NULL: none
ALTER TABLE tickets ADD COLUMN escalated INTEGER;                           -- since when; NULL: it is not
ALTER TABLE tickets ADD COLUMN escalation_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN escalation_by TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN organisation INTEGER;
ALTER TABLE tickets ADD COLUMN person INTEGER;
ALTER TABLE tickets ADD COLUMN installation INTEGER;
ALTER TABLE tickets ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;          -- booked
ALTER TABLE tickets ADD COLUMN due INTEGER;                                 -- the next promise that is not kept
ALTER TABLE tickets ADD COLUMN closed INTEGER;                              -- solved or closed since; NULL: neither
ALTER TABLE tickets ADD COLUMN closed_by TEXT NOT NULL DEFAULT '';          -- a name of staff, or 'customer'
ALTER TABLE tickets ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN solution TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN tried TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN first_check INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN helped TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN feedback TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN satisfied INTEGER;                           -- NULL: not said
UPDATE tickets SET effective = priority;

-- For the views: newest first among those of a state, a queue, an owner.
CREATE INDEX tickets_state ON tickets (state, number);
CREATE INDEX tickets_queue ON tickets (queue, state, number);
CREATE INDEX tickets_owner ON tickets (owner, state, number);
CREATE INDEX tickets_product ON tickets (product, number);
CREATE INDEX tickets_created ON tickets (created);
CREATE INDEX tickets_due ON tickets (due) WHERE due IS NOT NULL;
CREATE INDEX tickets_escalated ON tickets (state, number) WHERE escalated IS NOT NULL;
CREATE INDEX tickets_parent ON tickets (parent) WHERE parent IS NOT NULL;
CREATE INDEX tickets_organisation ON tickets (organisation, number) WHERE organisation IS NOT NULL;
CREATE INDEX tickets_person ON tickets (person) WHERE person IS NOT NULL;
CREATE INDEX tickets_installation ON tickets (installation) WHERE installation IS NOT NULL;

CREATE TABLE watchers (
    staff  TEXT NOT NULL,
    ticket INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    PRIMARY KEY (staff, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX watchers_ticket ON watchers (ticket);

CREATE TABLE promises (
    ticket   INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    place    INTEGER NOT NULL, -- in the ticket's list
    what     TEXT NOT NULL,
    due      INTEGER NOT NULL,
    author   TEXT NOT NULL,
    kept     INTEGER,
    remind   INTEGER,          -- as it was wished for; NULL: a day before
    remind_at INTEGER,         -- when a reminder is still to be written; NULL: it was, or none is needed
    PRIMARY KEY (ticket, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX promises_remind ON promises (remind_at) WHERE remind_at IS NOT NULL;

-- +goose Down
DROP TABLE promises;
DROP TABLE watchers;
DROP INDEX tickets_installation;
DROP INDEX tickets_person;
DROP INDEX tickets_organisation;
DROP INDEX tickets_parent;
DROP INDEX tickets_escalated;
DROP INDEX tickets_due;
DROP INDEX tickets_created;
DROP INDEX tickets_product;
DROP INDEX tickets_owner;
DROP INDEX tickets_queue;
DROP INDEX tickets_state;
ALTER TABLE tickets DROP COLUMN satisfied;
ALTER TABLE tickets DROP COLUMN feedback;
ALTER TABLE tickets DROP COLUMN helped;
ALTER TABLE tickets DROP COLUMN first_check;
ALTER TABLE tickets DROP COLUMN tried;
ALTER TABLE tickets DROP COLUMN solution;
ALTER TABLE tickets DROP COLUMN cause;
ALTER TABLE tickets DROP COLUMN closed_by;
ALTER TABLE tickets DROP COLUMN closed;
ALTER TABLE tickets DROP COLUMN due;
ALTER TABLE tickets DROP COLUMN minutes;
ALTER TABLE tickets DROP COLUMN installation;
ALTER TABLE tickets DROP COLUMN person;
ALTER TABLE tickets DROP COLUMN organisation;
ALTER TABLE tickets DROP COLUMN escalation_by;
ALTER TABLE tickets DROP COLUMN escalation_reason;
ALTER TABLE tickets DROP COLUMN escalated;
ALTER TABLE tickets DROP COLUMN parent;
ALTER TABLE tickets DROP COLUMN plan;
ALTER TABLE tickets DROP COLUMN waiting_since;
ALTER TABLE tickets DROP COLUMN waiting_for;
ALTER TABLE tickets DROP COLUMN owner;
ALTER TABLE tickets DROP COLUMN level_at;
ALTER TABLE tickets DROP COLUMN level;
ALTER TABLE tickets DROP COLUMN queue;
ALTER TABLE tickets DROP COLUMN effective;
ALTER TABLE tickets DROP COLUMN urgency_at;
ALTER TABLE tickets DROP COLUMN urgency_by;
ALTER TABLE tickets DROP COLUMN urgency_reason;
ALTER TABLE tickets DROP COLUMN urgency;
ALTER TABLE tickets DROP COLUMN signs;
ALTER TABLE tickets DROP COLUMN findings;
ALTER TABLE tickets DROP COLUMN answers;
ALTER TABLE tickets DROP COLUMN critical;
ALTER TABLE tickets DROP COLUMN impact;
ALTER TABLE tickets DROP COLUMN module;
ALTER TABLE tickets DROP COLUMN product_version;
ALTER TABLE tickets DROP COLUMN kind;
ALTER TABLE tickets DROP COLUMN version;
