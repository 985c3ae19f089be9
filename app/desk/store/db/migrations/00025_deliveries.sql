-- What is due is looked for webhook by webhook, so that one which does not
-- answer holds up no other.
-- +goose Up
DROP INDEX deliveries_next;
CREATE INDEX deliveries_due ON deliveries (hook, next, id) WHERE next IS NOT NULL;

-- +goose Down
DROP INDEX deliveries_due;
CREATE INDEX deliveries_next ON deliveries (next) WHERE next IS NOT NULL;
