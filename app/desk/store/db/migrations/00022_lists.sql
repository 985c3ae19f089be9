-- For lists by several fields at once: each index has all that is asked for
-- beside its first column, so that what does not fit is passed over without
-- its ticket being read.
-- +goose Up
DROP INDEX tickets_state;
DROP INDEX tickets_queue;
DROP INDEX tickets_owner;
DROP INDEX tickets_product;
CREATE INDEX tickets_state ON tickets (state, number, kind, effective, level, cause, created, owner, queue, product, module);
CREATE INDEX tickets_queue ON tickets (queue, state, number, kind, effective, level, cause, created, owner, product, module);
CREATE INDEX tickets_owner ON tickets (owner, state, number, kind, effective, level, cause, created, queue, product, module);
CREATE INDEX tickets_product ON tickets (product, state, number, kind, effective, level, cause, created, module);
CREATE INDEX tickets_module ON tickets (module, state, number, kind, effective, level, cause, created, product);

-- +goose Down
DROP INDEX tickets_module;
DROP INDEX tickets_product;
DROP INDEX tickets_owner;
DROP INDEX tickets_queue;
DROP INDEX tickets_state;
CREATE INDEX tickets_state ON tickets (state, number);
CREATE INDEX tickets_queue ON tickets (queue, state, number);
CREATE INDEX tickets_owner ON tickets (owner, state, number);
CREATE INDEX tickets_product ON tickets (product, number);
