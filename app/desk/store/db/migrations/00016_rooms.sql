-- What several desks on one PostgreSQL share: their secret, and the rooms in which
-- the two sides of a session meet, each at another desk. Rooms are not logged: they
-- last as long as connections do, which no crash survives.
-- +goose Up
-- postgresql only
CREATE TABLE desk_secrets (
    name   TEXT PRIMARY KEY,
    secret BYTEA NOT NULL
);

CREATE UNLOGGED TABLE room_desks (
    desk  TEXT PRIMARY KEY,           -- drawn by each process
    until BIGINT NOT NULL             -- it lives at least so long, by the database's clock
);

CREATE UNLOGGED TABLE room_places (
    id      TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    role    TEXT NOT NULL,
    desk    TEXT NOT NULL,
    here    BIGINT NOT NULL,          -- 0: it has not left yet, but is in the room no more
    entered BIGINT NOT NULL           -- by the database's clock
);
CREATE UNIQUE INDEX room_places_here ON room_places (session, role) WHERE here = 1;
CREATE INDEX room_places_session ON room_places (session);
CREATE INDEX room_places_desk ON room_places (desk);

CREATE UNLOGGED TABLE room_messages (
    id     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    place  TEXT NOT NULL,             -- whom it is for
    desk   TEXT NOT NULL,             -- where that is
    what   TEXT NOT NULL,             -- data, joined, left, ended, out, cut
    reason TEXT NOT NULL,
    data   BYTEA
);
CREATE INDEX room_messages_desk ON room_messages (desk, id);
CREATE INDEX room_messages_place ON room_messages (place);

CREATE UNLOGGED TABLE room_left (
    session TEXT PRIMARY KEY,
    at      BIGINT NOT NULL           -- when the last one left
);

CREATE UNLOGGED TABLE room_ends (
    session TEXT PRIMARY KEY,         -- somebody has not left it yet
    reason  TEXT NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION room_clock() RETURNS BIGINT LANGUAGE sql VOLATILE AS $$
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::BIGINT
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION room_say(to_place TEXT, to_desk TEXT, what TEXT, reason TEXT, data BYTEA) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO room_messages (place, desk, what, reason, data) VALUES (to_place, to_desk, what, reason, data);
    PERFORM pg_notify('beistand_rooms', to_desk);
END
$$;
-- +goose StatementEnd

-- One at a time changes who is in a session's room. It is the first thing that
-- each of them does: what follows sees what the one before has done.
-- +goose StatementBegin
CREATE FUNCTION room_lock(in_session TEXT) RETURNS VOID LANGUAGE sql VOLATILE AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('room ' || in_session, 0))
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION room_leave(place TEXT, at_time BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    in_session TEXT;
    me room_places;
    other room_places;
BEGIN
    SELECT session INTO in_session FROM room_places WHERE id = place;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM room_lock(in_session);
    DELETE FROM room_places WHERE id = place RETURNING * INTO me;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    DELETE FROM room_messages m WHERE m.place = me.id;
    IF me.here = 1 THEN
        SELECT * INTO other FROM room_places WHERE session = me.session AND role <> me.role AND here = 1 LIMIT 1;
        IF FOUND THEN
            PERFORM room_say(other.id, other.desk, 'left', '', NULL);
        END IF;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM room_places WHERE session = me.session) THEN
        INSERT INTO room_left (session, at) VALUES (me.session, at_time) ON CONFLICT (session) DO UPDATE SET at = excluded.at;
        DELETE FROM room_ends WHERE session = me.session;
    END IF;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION room_enter(in_session TEXT, as_role TEXT, place TEXT, at_desk TEXT, at_time BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    over TEXT;
    old room_places;
    other room_places;
BEGIN
    PERFORM room_lock(in_session);
    IF NOT EXISTS (SELECT 1 FROM room_desks WHERE desk = at_desk AND until > room_clock()) THEN
        RAISE EXCEPTION 'this desk is not known to the others';
    END IF;
    PERFORM room_leave(p.id, at_time) FROM room_places p
        WHERE p.session = in_session AND NOT EXISTS (SELECT 1 FROM room_desks d WHERE d.desk = p.desk AND d.until > room_clock());
    SELECT reason INTO over FROM room_ends WHERE session = in_session;
    IF FOUND THEN
        INSERT INTO room_places (id, session, role, desk, here, entered) VALUES (place, in_session, as_role, at_desk, 0, room_clock());
        PERFORM room_say(place, at_desk, 'ended', over, NULL);
        RETURN;
    END IF;
    SELECT * INTO other FROM room_places WHERE session = in_session AND role <> as_role AND here = 1 LIMIT 1;
    UPDATE room_places SET here = 0 WHERE session = in_session AND role = as_role AND here = 1 RETURNING * INTO old;
    IF old.id IS NOT NULL THEN
        PERFORM room_say(old.id, old.desk, 'out', '', NULL);
        IF other.id IS NOT NULL THEN
            PERFORM room_say(other.id, other.desk, 'left', '', NULL);
        END IF;
    END IF;
    INSERT INTO room_places (id, session, role, desk, here, entered) VALUES (place, in_session, as_role, at_desk, 1, room_clock());
    IF other.id IS NOT NULL THEN
        PERFORM room_say(other.id, other.desk, 'joined', '', NULL);
        PERFORM room_say(place, at_desk, 'joined', '', NULL);
    END IF;
END
$$;
-- +goose StatementEnd

-- room_out takes a side that does not keep up out of the room.
-- +goose StatementBegin
CREATE FUNCTION room_out(place TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    in_session TEXT;
    me room_places;
    other room_places;
BEGIN
    SELECT session INTO in_session FROM room_places WHERE id = place;
    PERFORM room_lock(in_session);
    UPDATE room_places SET here = 0 WHERE id = place AND here = 1 RETURNING * INTO me;
    IF me.id IS NULL THEN
        RETURN;
    END IF;
    DELETE FROM room_messages m WHERE m.place = me.id;
    SELECT * INTO other FROM room_places WHERE session = me.session AND role <> me.role AND here = 1 LIMIT 1;
    IF FOUND THEN
        PERFORM room_say(other.id, other.desk, 'left', '', NULL);
    END IF;
END
$$;
-- +goose StatementEnd

-- room_send locks the sender's place, not the room: who takes that place away
-- waits until the message is there, and comes behind it.
-- +goose StatementBegin
CREATE FUNCTION room_send(place TEXT, content BYTEA, most BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    me room_places;
    other room_places;
BEGIN
    SELECT * INTO me FROM room_places WHERE id = place AND here = 1 FOR SHARE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT * INTO other FROM room_places WHERE session = me.session AND role <> me.role AND here = 1 LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF (SELECT count(*) FROM room_messages m WHERE m.place = other.id) >= most THEN
        PERFORM room_say(other.id, other.desk, 'cut', '', NULL);
    ELSE
        PERFORM room_say(other.id, other.desk, 'data', '', content);
    END IF;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION room_end(in_session TEXT, why TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    PERFORM room_lock(in_session);
    IF NOT EXISTS (SELECT 1 FROM room_places WHERE session = in_session) THEN
        RETURN;
    END IF;
    INSERT INTO room_ends (session, reason) VALUES (in_session, why) ON CONFLICT (session) DO NOTHING;
    IF FOUND THEN
        PERFORM room_say(id, desk, 'ended', why, NULL) FROM room_places WHERE session = in_session AND here = 1;
        UPDATE room_places SET here = 0 WHERE session = in_session;
    END IF;
END
$$;
-- +goose StatementEnd

-- room_beat says that a desk lives for that much longer, and which places it
-- holds, with commas between. It clears what it holds no more, and what desks
-- held that are gone. The answer is whether the others still knew it: if not,
-- its places are lost.
-- +goose StatementBegin
CREATE FUNCTION room_beat(me TEXT, lease BIGINT, holds TEXT, at_time BIGINT) RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
    known BIGINT;
BEGIN
    SELECT CASE WHEN until > room_clock() THEN 1 ELSE 0 END INTO known FROM room_desks WHERE desk = me;
    INSERT INTO room_desks (desk, until) VALUES (me, room_clock() + lease) ON CONFLICT (desk) DO UPDATE SET until = excluded.until;
    -- In the order of the sessions, which each of them locks: two desks at once
    -- do not wait for each other.
    PERFORM room_leave(gone.id, at_time) FROM (
        SELECT p.id FROM room_places p
        WHERE p.desk = me AND (coalesce(known, 0) = 0 OR p.entered < room_clock() - lease AND NOT p.id = ANY (string_to_array(holds, ',')))
            OR NOT EXISTS (SELECT 1 FROM room_desks d WHERE d.desk = p.desk AND d.until > room_clock())
        ORDER BY p.session OFFSET 0) gone;
    DELETE FROM room_messages m WHERE NOT EXISTS (SELECT 1 FROM room_desks d WHERE d.desk = m.desk AND d.until > room_clock());
    DELETE FROM room_desks WHERE until < room_clock() - lease;
    RETURN coalesce(known, 0);
END
$$;
-- +goose StatementEnd
-- end

-- +goose Down
-- postgresql only
DROP FUNCTION room_beat;
DROP FUNCTION room_end;
DROP FUNCTION room_send;
DROP FUNCTION room_out;
DROP FUNCTION room_enter;
DROP FUNCTION room_leave;
DROP FUNCTION room_lock;
DROP FUNCTION room_say;
DROP FUNCTION room_clock;
DROP TABLE room_ends;
DROP TABLE room_left;
DROP TABLE room_messages;
DROP TABLE room_places;
DROP TABLE room_desks;
DROP TABLE desk_secrets;
-- end
