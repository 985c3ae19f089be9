SET check_function_bodies = false;
CREATE COLLATION public.nocase (provider = icu, deterministic = false, locale = 'und-u-ks-level2');
CREATE FUNCTION public.room_beat(me text, lease bigint, holds text, at_time bigint) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.room_clock() RETURNS bigint
    LANGUAGE sql
    AS $$
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::BIGINT
$$;
CREATE FUNCTION public.room_end(in_session text, why text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.room_enter(in_session text, as_role text, place text, at_desk text, at_time bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.room_leave(place text, at_time bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.room_lock(in_session text) RETURNS void
    LANGUAGE sql
    AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('room ' || in_session, 0))
$$;
CREATE FUNCTION public.room_out(place text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.room_say(to_place text, to_desk text, what text, reason text, data bytea) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO room_messages (place, desk, what, reason, data) VALUES (to_place, to_desk, what, reason, data);
    PERFORM pg_notify('beistand_rooms', to_desk);
END
$$;
CREATE FUNCTION public.room_send(place text, content bytea, most bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE TABLE public.access_people (
    access bigint NOT NULL,
    staff text NOT NULL
);
CREATE TABLE public.access_uses (
    id bigint NOT NULL,
    access bigint NOT NULL,
    used bigint NOT NULL,
    staff text NOT NULL,
    note text NOT NULL
);
ALTER TABLE public.access_uses ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_uses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accesses (
    id bigint NOT NULL,
    version bigint NOT NULL,
    state text NOT NULL,
    organisation bigint NOT NULL,
    installation bigint,
    ticket bigint,
    why text NOT NULL,
    scope text NOT NULL,
    author text NOT NULL,
    requested bigint NOT NULL,
    until bigint NOT NULL,
    granted_by bigint,
    granted_name text DEFAULT ''::text NOT NULL,
    how text DEFAULT ''::text NOT NULL,
    granted bigint,
    ended bigint,
    ended_by text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL
);
ALTER TABLE public.accesses ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accesses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.acme_cache (
    directory text NOT NULL,
    name text NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE public.alarms (
    monitor text NOT NULL,
    alarm text NOT NULL,
    ticket bigint NOT NULL,
    firing bigint NOT NULL,
    times bigint NOT NULL,
    told bigint NOT NULL
);
CREATE TABLE public.api_keys (
    id text NOT NULL,
    hash bytea NOT NULL,
    name text NOT NULL,
    scopes text NOT NULL,
    made_by text NOT NULL,
    created bigint NOT NULL,
    expires bigint NOT NULL,
    used bigint
);
CREATE TABLE public.article_versions (
    article bigint NOT NULL,
    version bigint NOT NULL,
    changed bigint NOT NULL,
    author text NOT NULL,
    note text NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    body text NOT NULL
);
CREATE TABLE public.articles (
    id bigint NOT NULL,
    version bigint NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    product text NOT NULL,
    since text NOT NULL,
    until text NOT NULL,
    language text NOT NULL,
    of bigint,
    ticket bigint,
    cause text NOT NULL,
    checks text NOT NULL,
    author text NOT NULL,
    created bigint NOT NULL,
    updated bigint NOT NULL
);
ALTER TABLE public.articles ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.articles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.bug_tickets (
    bug bigint NOT NULL,
    ticket bigint NOT NULL,
    author text NOT NULL,
    linked bigint NOT NULL
);
CREATE TABLE public.bugs (
    id bigint NOT NULL,
    version bigint NOT NULL,
    product text NOT NULL,
    folded text NOT NULL,
    module text NOT NULL,
    title text NOT NULL,
    search text NOT NULL,
    description text NOT NULL,
    ref text NOT NULL,
    state text NOT NULL,
    since text NOT NULL,
    fixed_in text NOT NULL,
    workaround text NOT NULL,
    fix text NOT NULL,
    created bigint NOT NULL,
    updated bigint NOT NULL
);
ALTER TABLE public.bugs ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.bugs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.bundles (
    id text NOT NULL,
    ticket bigint NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    metadata text NOT NULL,
    created bigint NOT NULL,
    scan text DEFAULT ''::text NOT NULL
);
CREATE TABLE public.contacts (
    id bigint NOT NULL,
    version bigint NOT NULL,
    organisation bigint NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    mail text NOT NULL,
    phone text NOT NULL,
    language text NOT NULL,
    company text NOT NULL,
    roles text NOT NULL
);
ALTER TABLE public.contacts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contacts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.counted (
    ticket bigint NOT NULL,
    filed bigint NOT NULL,
    kind text NOT NULL,
    product text NOT NULL,
    module text NOT NULL,
    answered bigint,
    solved bigint,
    cause text NOT NULL,
    first_check bigint NOT NULL
);
CREATE TABLE public.deliveries (
    id text NOT NULL,
    hook bigint NOT NULL,
    action text NOT NULL,
    ticket bigint NOT NULL,
    body bytea NOT NULL,
    made bigint NOT NULL,
    tries bigint DEFAULT 0 NOT NULL,
    next bigint,
    done bigint,
    status bigint DEFAULT 0 NOT NULL,
    error text DEFAULT ''::text NOT NULL
);
CREATE TABLE public.desk_secrets (
    name text NOT NULL,
    secret bytea NOT NULL
);
CREATE TABLE public.entries (
    id bigint NOT NULL,
    ticket bigint NOT NULL,
    uid bytea,
    filed bytea,
    written bigint NOT NULL,
    kind text NOT NULL,
    public bigint NOT NULL,
    author text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    party text DEFAULT ''::text NOT NULL,
    body text NOT NULL,
    mentions text DEFAULT ''::text NOT NULL,
    sender text DEFAULT ''::text NOT NULL,
    recipients text DEFAULT ''::text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    ref text DEFAULT ''::text NOT NULL,
    minutes bigint DEFAULT 0 NOT NULL,
    files text DEFAULT ''::text NOT NULL,
    wants text DEFAULT ''::text NOT NULL,
    changes text DEFAULT ''::text NOT NULL,
    gone text DEFAULT ''::text NOT NULL
);
ALTER TABLE public.entries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.files (
    id text NOT NULL,
    ticket bigint NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    metadata text NOT NULL,
    used bigint NOT NULL,
    public bigint NOT NULL,
    scan text NOT NULL,
    created bigint NOT NULL
);
CREATE TABLE public.filters (
    id bigint NOT NULL,
    version bigint NOT NULL,
    owner text NOT NULL,
    shared bigint NOT NULL,
    name text NOT NULL,
    query text NOT NULL
);
ALTER TABLE public.filters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.filters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.goose_db_version (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.goose_db_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goose_db_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holds (
    name text NOT NULL,
    until bigint NOT NULL
);
CREATE TABLE public.hooks (
    id bigint NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    actions text NOT NULL,
    secret bytea NOT NULL,
    enabled bigint NOT NULL,
    made_by text NOT NULL,
    created bigint NOT NULL,
    failing bigint,
    why text DEFAULT ''::text NOT NULL
);
ALTER TABLE public.hooks ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hooks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.installations (
    id bigint NOT NULL,
    version bigint NOT NULL,
    organisation bigint NOT NULL,
    product text NOT NULL,
    folded text NOT NULL,
    product_version text NOT NULL,
    place text NOT NULL,
    note text NOT NULL,
    updated bigint NOT NULL
);
ALTER TABLE public.installations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.installations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.journal (
    seq bigint NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    address text,
    ticket bigint NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail text,
    salt bytea,
    private bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.journal_cursors (
    name text NOT NULL,
    seq bigint NOT NULL
);
CREATE TABLE public.journal_pending (
    id bigint NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    address text,
    ticket bigint NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail text,
    salt bytea,
    private bytea NOT NULL
);
ALTER TABLE public.journal_pending ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.journal_pending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mail_keys (
    id bigint NOT NULL,
    secret bytea NOT NULL,
    since bigint NOT NULL
);
CREATE TABLE public.mail_parties (
    ticket bigint NOT NULL,
    address text NOT NULL,
    party text NOT NULL,
    public bigint NOT NULL
);
CREATE TABLE public.mails (
    id bigint NOT NULL,
    incoming bigint NOT NULL,
    state text NOT NULL,
    what text NOT NULL,
    mark bytea NOT NULL,
    ticket bigint,
    entry bigint DEFAULT 0 NOT NULL,
    message_id text DEFAULT ''::text NOT NULL,
    side text DEFAULT ''::text NOT NULL,
    address text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    quoted text DEFAULT ''::text NOT NULL,
    signature text DEFAULT ''::text NOT NULL,
    remarks text DEFAULT ''::text NOT NULL,
    content text DEFAULT ''::text NOT NULL,
    problem text DEFAULT ''::text NOT NULL,
    tries bigint DEFAULT 0 NOT NULL,
    written bigint NOT NULL,
    next bigint,
    sent bigint
);
ALTER TABLE public.mails ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mails_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.numbers (
    scope bigint NOT NULL,
    product text NOT NULL,
    module text NOT NULL,
    week bigint NOT NULL,
    measure text NOT NULL,
    place text NOT NULL,
    n bigint NOT NULL
);
CREATE TABLE public.objects (
    sha256 text NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    created bigint NOT NULL
);
CREATE TABLE public.organisation_domains (
    domain text NOT NULL,
    organisation bigint NOT NULL
);
CREATE TABLE public.organisations (
    id bigint NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    party text NOT NULL,
    language text NOT NULL,
    contract text NOT NULL,
    ways text DEFAULT ''::text NOT NULL,
    ways_version bigint DEFAULT 0 NOT NULL,
    ways_by text DEFAULT ''::text NOT NULL,
    ways_updated bigint DEFAULT 0 NOT NULL,
    created bigint NOT NULL,
    updated bigint NOT NULL
);
ALTER TABLE public.organisations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.outcomes (
    id bigint NOT NULL,
    at bigint NOT NULL,
    ref text NOT NULL,
    ticket bigint,
    first bigint NOT NULL
);
ALTER TABLE public.outcomes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outcomes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pages (
    id bigint NOT NULL,
    product text NOT NULL,
    version text NOT NULL,
    language text NOT NULL,
    path text NOT NULL,
    title text NOT NULL,
    sha256 text NOT NULL,
    html text NOT NULL,
    imported bigint NOT NULL
);
ALTER TABLE public.pages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.passkeys (
    id text NOT NULL,
    staff text NOT NULL,
    name text NOT NULL,
    record bytea NOT NULL,
    created bigint NOT NULL,
    used bigint
);
CREATE TABLE public.promises (
    ticket bigint NOT NULL,
    place bigint NOT NULL,
    what text NOT NULL,
    due bigint NOT NULL,
    author text NOT NULL,
    kept bigint,
    remind bigint,
    remind_at bigint
);
CREATE TABLE public.queues (
    name text NOT NULL,
    version bigint NOT NULL
);
CREATE TABLE public.records (
    session text NOT NULL,
    "position" bigint NOT NULL,
    piece bytea NOT NULL
);
CREATE TABLE public.recovery_codes (
    hash bytea NOT NULL,
    staff text NOT NULL
);
CREATE TABLE public.release_bugs (
    release bigint NOT NULL,
    bug bigint NOT NULL
);
CREATE TABLE public.releases (
    id bigint NOT NULL,
    version bigint NOT NULL,
    product text NOT NULL,
    folded text NOT NULL,
    release text NOT NULL,
    day text NOT NULL,
    notes text NOT NULL
);
ALTER TABLE public.releases ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.releases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.removals (
    name text NOT NULL
);
CREATE TABLE public.reveals (
    ticket bigint NOT NULL,
    pseudonym text NOT NULL,
    asked bigint NOT NULL,
    turn bigint DEFAULT 0 NOT NULL
);
CREATE UNLOGGED TABLE public.room_desks (
    desk text NOT NULL,
    until bigint NOT NULL
);
CREATE UNLOGGED TABLE public.room_ends (
    session text NOT NULL,
    reason text NOT NULL
);
CREATE UNLOGGED TABLE public.room_left (
    session text NOT NULL,
    at bigint NOT NULL
);
CREATE UNLOGGED TABLE public.room_messages (
    id bigint NOT NULL,
    place text NOT NULL,
    desk text NOT NULL,
    what text NOT NULL,
    reason text NOT NULL,
    data bytea
);
ALTER TABLE public.room_messages ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.room_messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE UNLOGGED TABLE public.room_places (
    id text NOT NULL,
    session text NOT NULL,
    role text NOT NULL,
    desk text NOT NULL,
    here bigint NOT NULL,
    entered bigint NOT NULL
);
CREATE TABLE public.search_docs (
    doc bigint NOT NULL,
    fresh bigint NOT NULL,
    vector bytea NOT NULL,
    posted bytea NOT NULL,
    product text NOT NULL,
    version text NOT NULL,
    language text NOT NULL,
    at bigint NOT NULL,
    helped bigint NOT NULL
);
CREATE TABLE public.search_due (
    doc bigint NOT NULL,
    turn bigint NOT NULL
);
CREATE TABLE public.search_posts (
    term bigint NOT NULL,
    block bigint NOT NULL,
    posts bytea NOT NULL
);
ALTER TABLE ONLY public.search_posts ALTER COLUMN posts SET STORAGE EXTERNAL;
CREATE TABLE public.search_state (
    name text NOT NULL,
    value bigint NOT NULL
);
CREATE TABLE public.search_terms (
    id bigint NOT NULL,
    term text NOT NULL COLLATE pg_catalog."C",
    inside bigint DEFAULT 0 NOT NULL,
    outside bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.sections (
    id bigint NOT NULL,
    page bigint NOT NULL,
    place bigint NOT NULL,
    anchor text NOT NULL,
    title text NOT NULL,
    level bigint NOT NULL,
    body text NOT NULL
);
ALTER TABLE public.sections ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sections_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sessions (
    id text NOT NULL,
    ticket bigint NOT NULL,
    staff text NOT NULL,
    supporter text NOT NULL,
    organisation text NOT NULL,
    first_part text NOT NULL,
    asked bigint NOT NULL,
    expires bigint NOT NULL,
    consented bigint,
    started bigint,
    ended bigint,
    ended_by text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    rights text DEFAULT 'see'::text NOT NULL,
    role text DEFAULT 'supporter'::text NOT NULL,
    desk_key bytea,
    signature bytea,
    turn bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.sightings (
    installation bigint NOT NULL,
    bundle text NOT NULL,
    ticket bigint NOT NULL,
    product_version text NOT NULL,
    seen bigint NOT NULL
);
CREATE TABLE public.signins (
    hash bytea NOT NULL,
    kind text NOT NULL,
    staff text,
    state bytea NOT NULL,
    tries bigint DEFAULT 0 NOT NULL,
    expires bigint NOT NULL
);
CREATE TABLE public.staff (
    name text NOT NULL COLLATE public.nocase,
    display_name text NOT NULL,
    password text NOT NULL,
    created bigint NOT NULL,
    roles text DEFAULT 'supporter'::text NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    disabled bigint DEFAULT 0 NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    handle bytea DEFAULT '\x'::bytea NOT NULL,
    totp text DEFAULT ''::text NOT NULL,
    totp_new text DEFAULT ''::text NOT NULL,
    totp_step bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.staff_queues (
    staff text NOT NULL,
    queue text NOT NULL
);
CREATE TABLE public.tellings (
    id bigint NOT NULL,
    bug bigint NOT NULL,
    what text NOT NULL,
    author text NOT NULL,
    begun bigint NOT NULL,
    texts text NOT NULL,
    total bigint NOT NULL,
    done bigint NOT NULL
);
ALTER TABLE public.tellings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tellings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ticket_links (
    id text NOT NULL,
    hash bytea NOT NULL,
    ticket bigint NOT NULL,
    made_by text NOT NULL,
    created bigint NOT NULL,
    expires bigint NOT NULL,
    uses bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.tickets (
    number bigint NOT NULL,
    id bytea NOT NULL,
    filed bytea NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    product text NOT NULL,
    priority text NOT NULL,
    name text NOT NULL,
    contact text NOT NULL,
    language text NOT NULL,
    search text NOT NULL,
    created bigint NOT NULL,
    updated bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    kind text DEFAULT 'fault'::text NOT NULL,
    product_version text DEFAULT ''::text NOT NULL,
    module text DEFAULT ''::text NOT NULL,
    impact text DEFAULT 'one'::text NOT NULL,
    critical text DEFAULT ''::text NOT NULL,
    answers text DEFAULT ''::text NOT NULL,
    findings text DEFAULT ''::text NOT NULL,
    signs text DEFAULT ''::text NOT NULL,
    urgency text DEFAULT ''::text NOT NULL,
    urgency_reason text DEFAULT ''::text NOT NULL,
    urgency_by text DEFAULT ''::text NOT NULL,
    urgency_at bigint,
    effective text DEFAULT 'normal'::text NOT NULL,
    queue text DEFAULT ''::text NOT NULL,
    level bigint DEFAULT 1 NOT NULL,
    level_at text DEFAULT ''::text NOT NULL,
    owner text DEFAULT ''::text NOT NULL,
    waiting_for text DEFAULT ''::text NOT NULL,
    waiting_since bigint,
    plan text DEFAULT ''::text NOT NULL,
    parent bigint,
    escalated bigint,
    escalation_reason text DEFAULT ''::text NOT NULL,
    escalation_by text DEFAULT ''::text NOT NULL,
    organisation bigint,
    person bigint,
    installation bigint,
    minutes bigint DEFAULT 0 NOT NULL,
    due bigint,
    closed bigint,
    closed_by text DEFAULT ''::text NOT NULL,
    cause text DEFAULT ''::text NOT NULL,
    solution text DEFAULT ''::text NOT NULL,
    tried text DEFAULT ''::text NOT NULL,
    first_check bigint DEFAULT 0 NOT NULL,
    helped text DEFAULT ''::text NOT NULL,
    feedback text DEFAULT ''::text NOT NULL,
    satisfied bigint,
    CONSTRAINT tickets_priority_check CHECK ((priority = ANY (ARRAY['critical'::text, 'high'::text, 'normal'::text, 'low'::text])))
);
ALTER TABLE public.tickets ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tokens (
    hash bytea NOT NULL,
    ticket bigint,
    staff text,
    created bigint NOT NULL,
    expires bigint NOT NULL,
    how text DEFAULT ''::text NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    agent text DEFAULT ''::text NOT NULL,
    used bigint DEFAULT 0 NOT NULL,
    confirmed bigint DEFAULT 0 NOT NULL,
    CONSTRAINT tokens_check CHECK (((ticket IS NULL) <> (staff IS NULL)))
);
CREATE TABLE public.told (
    telling bigint NOT NULL,
    ticket bigint NOT NULL,
    result text NOT NULL,
    entry bigint DEFAULT 0 NOT NULL,
    problem text DEFAULT ''::text NOT NULL
);
CREATE TABLE public.told_texts (
    bug bigint NOT NULL,
    ticket bigint NOT NULL,
    digest bytea NOT NULL,
    entry bigint NOT NULL
);
CREATE TABLE public.tombstones (
    id bigint NOT NULL,
    ticket bigint NOT NULL,
    what text NOT NULL,
    why text NOT NULL,
    dug bigint NOT NULL
);
ALTER TABLE public.tombstones ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tombstones_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.upload_parts (
    upload text NOT NULL,
    "position" bigint NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL
);
CREATE TABLE public.uploads (
    id text NOT NULL,
    ticket bigint NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    metadata text NOT NULL,
    "position" bigint NOT NULL,
    digest bytea NOT NULL,
    created bigint NOT NULL,
    expires bigint NOT NULL,
    kind text DEFAULT 'bundle'::text NOT NULL,
    author text DEFAULT ''::text NOT NULL,
    type text DEFAULT ''::text NOT NULL
);
CREATE TABLE public.watchers (
    staff text NOT NULL,
    ticket bigint NOT NULL
);
INSERT INTO public.access_people VALUES (1, 'sam');
INSERT INTO public.access_uses VALUES (1, 1, 1, 'sam', 'ü "\''');
INSERT INTO public.accesses VALUES (1, 1, 'ü "\''', 1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 1, 'ü "\''', 'ü "\''', 1, 1, 'ü "\''', 'ü "\''');
INSERT INTO public.acme_cache VALUES ('d', 'desk.example.com', '\x0001ff');
INSERT INTO public.alarms VALUES ('ü "\''', 'ü "\''', 1, 1, 1, 1);
INSERT INTO public.api_keys VALUES ('ü "\''', '\x0001ff', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 1);
INSERT INTO public.article_versions VALUES (1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''');
INSERT INTO public.articles VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 1, 1);
INSERT INTO public.bug_tickets VALUES (1, 1, 'ü "\''', 1);
INSERT INTO public.bugs VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1);
INSERT INTO public.bundles VALUES ('3874852a2bd49a32cdb5ed1c22e0e175', 1, 'case.zip', 9, '75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4', '', 1795386588424837, '');
INSERT INTO public.bundles VALUES ('f2abfd5eb312a19ea6e184693db95f90', 2, 'case.zip', 9, 'd1988cd3019824f075f61677e1a6f54b16035868488e4051757dde53adeef80f', '', 1795386588617857, '');
INSERT INTO public.bundles VALUES ('6d5178a71cf2b575602cf850459f029c', 3, 'case.zip', 9, '75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4', '', 1795386588776500, '');
INSERT INTO public.bundles VALUES ('d17596a849c3d08ded26a6aefb918eb5', 4, 'case.zip', 9, 'd1988cd3019824f075f61677e1a6f54b16035868488e4051757dde53adeef80f', '', 1795386588976985, '');
INSERT INTO public.contacts VALUES (1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''');
INSERT INTO public.counted VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 'ü "\''', 1);
INSERT INTO public.deliveries VALUES ('ü "\''', 1, 'ü "\''', 1, '\x0001ff', 1, 1, 1, 1, 1, 'ü "\''');
INSERT INTO public.entries VALUES (1, 1, '\x0001ff', '\x0001ff', 1, 'ü "\''', 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''');
INSERT INTO public.files VALUES ('ü "\''', 1, 'ü "\''', 'ü "\''', 1, '75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4', 'ü "\''', 1, 1, 'ü "\''', 1);
INSERT INTO public.filters VALUES (1, 1, 'ü "\''', 1, 'ü "\''', 'ü "\''');
INSERT INTO public.goose_db_version VALUES (1, 0, true, '2026-11-22 22:29:46.358605');
INSERT INTO public.goose_db_version VALUES (2, 1, true, '2026-11-22 22:29:46.440069');
INSERT INTO public.goose_db_version VALUES (3, 2, true, '2026-11-22 22:29:46.531697');
INSERT INTO public.goose_db_version VALUES (4, 3, true, '2026-11-22 22:29:46.658363');
INSERT INTO public.goose_db_version VALUES (5, 4, true, '2026-11-22 22:29:46.685218');
INSERT INTO public.goose_db_version VALUES (6, 5, true, '2026-11-22 22:29:46.736168');
INSERT INTO public.goose_db_version VALUES (7, 6, true, '2026-11-22 22:29:46.838122');
INSERT INTO public.goose_db_version VALUES (8, 7, true, '2026-11-22 22:29:46.846821');
INSERT INTO public.goose_db_version VALUES (9, 8, true, '2026-11-22 22:29:46.87337');
INSERT INTO public.goose_db_version VALUES (10, 9, true, '2026-11-22 22:29:46.994467');
INSERT INTO public.goose_db_version VALUES (11, 10, true, '2026-11-22 22:29:47.149134');
INSERT INTO public.goose_db_version VALUES (12, 11, true, '2026-11-22 22:29:47.337703');
INSERT INTO public.goose_db_version VALUES (13, 12, true, '2026-11-22 22:29:47.391409');
INSERT INTO public.goose_db_version VALUES (14, 13, true, '2026-11-22 22:29:47.406064');
INSERT INTO public.goose_db_version VALUES (15, 14, true, '2026-11-22 22:29:47.411946');
INSERT INTO public.goose_db_version VALUES (16, 15, true, '2026-11-22 22:29:47.41632');
INSERT INTO public.goose_db_version VALUES (17, 16, true, '2026-11-22 22:29:47.422593');
INSERT INTO public.goose_db_version VALUES (18, 18, true, '2026-11-22 22:29:47.431741');
INSERT INTO public.goose_db_version VALUES (19, 19, true, '2026-11-22 22:29:47.432652');
INSERT INTO public.hooks VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', '\x0001ff', 1, 'ü "\''', 1, 1, 'ü "\''');
INSERT INTO public.installations VALUES (1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1);
INSERT INTO public.journal VALUES (1, 1795386588580640, 'customer', '', NULL, 1, 'bundle.added', 'ticket/1', '{"a":1}', '\x3c5e1ced94e4c397d091e35082d55adb', '\x85795cd26fdaf134b5ab9b7c659680509f6aca14c99427d8fe681312bea7d389', '\x0dcf5dcbc0c823df956b6e27166104468529e0acd374c4dfe2e9ae0bc6d86609');
INSERT INTO public.journal VALUES (2, 1795386588762962, 'customer', '', NULL, 2, 'bundle.added', 'ticket/2', '{"a":1}', '\x36282aa3d225eff5c3946f16b0584eaf', '\xdcc506e9df222a1b41531b30a010f3c78bd7f7cbbb585693fb00bec30da35ba0', '\x4b7ea0a14b739e0e52f5f08b30b95bebcd775e3d70fc2ee415fd1b657e86a989');
INSERT INTO public.journal VALUES (3, 1795386588924876, 'customer', '', NULL, 3, 'bundle.added', 'ticket/3', '{"a":1}', '\x26ded2f7b9bc08128e440da5ad415d5a', '\xb379337b6b287a8ad1c55580bef0550a21a0021db97600720b8cd78869e76038', '\x3d635300d5673d7b5f77a5a7f2de99655f94c24016ac6577b6598ffec05f83b6');
INSERT INTO public.journal_pending OVERRIDING SYSTEM VALUE VALUES (4, 1795386589086941, 'customer', '', NULL, 4, 'bundle.added', 'ticket/4', '{"a":1}', '\x67bb6f14b06ca889b5d4ddf44c1082ec', '\x6a502fca0ce041585a98303d007f675a30fdfeab947718fb59a5ba2ec9bc5e3e');
INSERT INTO public.mail_keys VALUES (1, '\x0001ff', 1);
INSERT INTO public.mail_parties VALUES (1, 'ü "\''', 'ü "\''', 1);
INSERT INTO public.mails VALUES (1, 1, 'ü "\''', 'ü "\''', '\x0001ff', 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 1, 1);
INSERT INTO public.numbers VALUES (1, 'ü "\''', 'ü "\''', 1, 'ü "\''', 'ü "\''', 1);
INSERT INTO public.objects VALUES ('75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4', '75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4.3874852a', 9, 1795386588424837);
INSERT INTO public.objects VALUES ('d1988cd3019824f075f61677e1a6f54b16035868488e4051757dde53adeef80f', 'd1988cd3019824f075f61677e1a6f54b16035868488e4051757dde53adeef80f.f2abfd5e', 9, 1795386588617857);
INSERT INTO public.organisation_domains VALUES ('ü "\''', 1);
INSERT INTO public.organisations VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 'ü "\''', 1, 1, 1);
INSERT INTO public.outcomes VALUES (1, 1, 'ü "\''', 1, 1);
INSERT INTO public.pages VALUES (1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1);
INSERT INTO public.passkeys VALUES ('ü "\''', 'sam', 'ü "\''', '\x0001ff', 1, 1);
INSERT INTO public.promises VALUES (1, 1, 'ü "\''', 1, 'ü "\''', 1, 1, 1);
INSERT INTO public.queues VALUES ('ü "\''', 1);
INSERT INTO public.records VALUES ('ü "\''', 1, '\x0001ff');
INSERT INTO public.recovery_codes VALUES ('\x0001ff', 'sam');
INSERT INTO public.release_bugs VALUES (1, 1);
INSERT INTO public.releases VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''');
INSERT INTO public.reveals VALUES (1, 'ü "\''', 1, 1);
INSERT INTO public.search_docs VALUES (1, 1, '\x0001ff', '\x0001ff', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1);
INSERT INTO public.search_due VALUES (1, 1);
INSERT INTO public.search_posts VALUES (1, 1, '\x0001ff');
INSERT INTO public.search_state VALUES ('ü "\''', 1);
INSERT INTO public.search_terms VALUES (1, 'ü "\''', 1, 1);
INSERT INTO public.sections VALUES (1, 1, 1, 'ü "\''', 'ü "\''', 1, 'ü "\''');
INSERT INTO public.sessions VALUES ('ü "\''', 1, 'sam', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', '\x0001ff', '\x0001ff', 1);
INSERT INTO public.sightings VALUES (1, 'ü "\''', 1, 'ü "\''', 1);
INSERT INTO public.signins VALUES ('\x0001ff', 'ü "\''', 'sam', '\x0001ff', 1, 1);
INSERT INTO public.staff VALUES ('sam', 'Sam', '$argon2id$v=19$m=8,t=1,p=1$c2FsdCBvZiBhIHRlc3QuLg$nobR2o2xeWTurFtnT39aBrZqNLEx7m9cGt3lpegYjU0', 1795386588423335, 'supporter', 1, 0, '', '', '', '\x', '', '', 0);
INSERT INTO public.staff_queues VALUES ('sam', 'ü "\''');
INSERT INTO public.tellings VALUES (1, 1, 'ü "\''', 'ü "\''', 1, 'ü "\''', 1, 1);
INSERT INTO public.ticket_links VALUES ('ü "\''', '\x0001ff', 1, 'ü "\''', 1, 1, 1);
INSERT INTO public.tickets VALUES (1, '\x327fbcafc916e187d1dd45414a6137eac8d78aabce5c531bbd67b1ada89dc14a', '\xf77f32b7dca18776b1822c868e5ba7aa887ec8564f6bfb7d153e5e7252a81e3f', 'new', 'Ticket 0', 'ä "quoted"
line', '', 'low', '', '', 'de', 'ticket 0
ä "quoted"
line', 1795386588424837, 1795386588424837, 1, 'fault', '', '', 'one', '', '', '', '', '', '', '', NULL, 'low', '', 1, '', '', '', NULL, '', NULL, NULL, '', '', NULL, NULL, NULL, 0, NULL, NULL, '', '', '', '', 0, '', '', NULL);
INSERT INTO public.tickets VALUES (2, '\xcd3d4eb485fd695f47e562af6c692c121544eef24d6af74009281479e5607ca1', '\x03135a711dbba6475572430677bdb7dd519b505aabb74ad48e9f9dfb6687830d', 'new', 'Ticket 1', 'ä "quoted"
line', '', 'low', '', '', 'de', 'ticket 1
ä "quoted"
line', 1795386588617857, 1795386588617857, 1, 'fault', '', '', 'one', '', '', '', '', '', '', '', NULL, 'low', '', 1, '', '', '', NULL, '', NULL, NULL, '', '', NULL, NULL, NULL, 0, NULL, NULL, '', '', '', '', 0, '', '', NULL);
INSERT INTO public.tickets VALUES (3, '\xcb4aec889ac858d52812a44cc47d1c108567b04710b514118dd2c827dd19807f', '\xdd3ec8ecee3464a762177c3e06560bed3193648d8f51d7b010b3bd6b67e053ca', 'new', 'Ticket 2', 'ä "quoted"
line', '', 'low', '', '', 'de', 'ticket 2
ä "quoted"
line', 1795386588776500, 1795386588776500, 1, 'fault', '', '', 'one', '', '', '', '', '', '', '', NULL, 'low', '', 1, '', '', '', NULL, '', NULL, NULL, '', '', NULL, NULL, NULL, 0, NULL, NULL, '', '', '', '', 0, '', '', NULL);
INSERT INTO public.tickets VALUES (4, '\x3310c60fd7f1131271c4f8bd284d0161dee2340d92f16fb3e35547a0a8c0e0ea', '\x7a841860724d696a48a6a56c1841d26288050a2b8bb94eba834c6cc559f59079', 'new', 'Ticket 3', 'ä "quoted"
line', '', 'low', '', '', 'de', 'ticket 3
ä "quoted"
line', 1795386588976985, 1795386588976985, 1, 'fault', '', '', 'one', '', '', '', '', '', '', '', NULL, 'low', '', 1, '', '', '', NULL, '', NULL, NULL, '', '', NULL, NULL, NULL, 0, NULL, NULL, '', '', '', '', 0, '', '', NULL);
INSERT INTO public.tokens VALUES ('\x6809076ad3a2217b9d01a8a3785be06f162b37a03bb5fdf73fd2d179cf872a0a', 1, NULL, 1795386588424837, 1795390188424837, '', '', '', 0, 0);
INSERT INTO public.tokens VALUES ('\x7f17fbce07a09eccf0795d78d8b70d648d0dd81e391b614a1128cf6c1222d025', 2, NULL, 1795386588617857, 1795390188617857, '', '', '', 0, 0);
INSERT INTO public.tokens VALUES ('\x2a11077e1fc97da78c78eb0c47c0baaf88cd696d0513f387a8d94c50332a352d', 3, NULL, 1795386588776500, 1795390188776500, '', '', '', 0, 0);
INSERT INTO public.tokens VALUES ('\x8683d914191b8d42faa9a0e38bd5eadb031ae4a59fca15a2e2577ce3abc26bec', 4, NULL, 1795386588976985, 1795390188976985, '', '', '', 0, 0);
INSERT INTO public.told VALUES (1, 1, 'ü "\''', 1, 'ü "\''');
INSERT INTO public.told_texts VALUES (1, 1, '\x0001ff', 1);
INSERT INTO public.tombstones VALUES (1, 1, 'ü "\''', 'ü "\''', 1);
INSERT INTO public.upload_parts VALUES ('050658b864210d7561ef26fa12cc6003', 0, '35dd2a3b0', 5);
INSERT INTO public.uploads VALUES ('050658b864210d7561ef26fa12cc6003', 1, 'half.zip', 10, '0000000000000000000000000000000000000000000000000000000000000000', '', 5, '\x736861036a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd1968616c662e00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005', 1795386590075853, 1795390190075853, 'bundle', '', '');
INSERT INTO public.watchers VALUES ('sam', 1);
SELECT pg_catalog.setval('public.access_uses_id_seq', 1, false);
SELECT pg_catalog.setval('public.accesses_id_seq', 1, false);
SELECT pg_catalog.setval('public.articles_id_seq', 1, false);
SELECT pg_catalog.setval('public.bugs_id_seq', 1, false);
SELECT pg_catalog.setval('public.contacts_id_seq', 1, false);
SELECT pg_catalog.setval('public.entries_id_seq', 1, false);
SELECT pg_catalog.setval('public.filters_id_seq', 1, false);
SELECT pg_catalog.setval('public.goose_db_version_id_seq', 19, true);
SELECT pg_catalog.setval('public.hooks_id_seq', 1, false);
SELECT pg_catalog.setval('public.installations_id_seq', 1, false);
SELECT pg_catalog.setval('public.journal_pending_id_seq', 4, true);
SELECT pg_catalog.setval('public.mails_id_seq', 1, false);
SELECT pg_catalog.setval('public.organisations_id_seq', 1, false);
SELECT pg_catalog.setval('public.outcomes_id_seq', 1, false);
SELECT pg_catalog.setval('public.pages_id_seq', 1, false);
SELECT pg_catalog.setval('public.releases_id_seq', 1, false);
SELECT pg_catalog.setval('public.room_messages_id_seq', 1, false);
SELECT pg_catalog.setval('public.sections_id_seq', 1, false);
SELECT pg_catalog.setval('public.tellings_id_seq', 1, false);
SELECT pg_catalog.setval('public.tickets_number_seq', 4, true);
SELECT pg_catalog.setval('public.tombstones_id_seq', 1, false);
ALTER TABLE ONLY public.access_people
    ADD CONSTRAINT access_people_pkey PRIMARY KEY (access, staff);
ALTER TABLE ONLY public.access_uses
    ADD CONSTRAINT access_uses_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accesses
    ADD CONSTRAINT accesses_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.acme_cache
    ADD CONSTRAINT acme_cache_pkey PRIMARY KEY (directory, name);
ALTER TABLE ONLY public.alarms
    ADD CONSTRAINT alarms_pkey PRIMARY KEY (monitor, alarm);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_pkey PRIMARY KEY (article, version);
ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.bug_tickets
    ADD CONSTRAINT bug_tickets_pkey PRIMARY KEY (bug, ticket);
ALTER TABLE ONLY public.bugs
    ADD CONSTRAINT bugs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.bundles
    ADD CONSTRAINT bundles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.counted
    ADD CONSTRAINT counted_pkey PRIMARY KEY (ticket);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_secrets
    ADD CONSTRAINT desk_secrets_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_uid_key UNIQUE (uid);
ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.filters
    ADD CONSTRAINT filters_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.goose_db_version
    ADD CONSTRAINT goose_db_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holds
    ADD CONSTRAINT holds_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.hooks
    ADD CONSTRAINT hooks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.installations
    ADD CONSTRAINT installations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.journal_cursors
    ADD CONSTRAINT journal_cursors_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.journal_pending
    ADD CONSTRAINT journal_pending_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.mail_keys
    ADD CONSTRAINT mail_keys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mail_parties
    ADD CONSTRAINT mail_parties_pkey PRIMARY KEY (ticket, address);
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_mark_key UNIQUE (mark);
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.numbers
    ADD CONSTRAINT numbers_pkey PRIMARY KEY (scope, product, module, week, measure, place);
ALTER TABLE ONLY public.objects
    ADD CONSTRAINT objects_pkey PRIMARY KEY (sha256);
ALTER TABLE ONLY public.organisation_domains
    ADD CONSTRAINT organisation_domains_pkey PRIMARY KEY (domain);
ALTER TABLE ONLY public.organisations
    ADD CONSTRAINT organisations_folded_key UNIQUE (folded);
ALTER TABLE ONLY public.organisations
    ADD CONSTRAINT organisations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT outcomes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_product_version_language_path_key UNIQUE (product, version, language, path);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.promises
    ADD CONSTRAINT promises_pkey PRIMARY KEY (ticket, place);
ALTER TABLE ONLY public.queues
    ADD CONSTRAINT queues_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_pkey PRIMARY KEY (session, "position");
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.release_bugs
    ADD CONSTRAINT release_bugs_pkey PRIMARY KEY (release, bug);
ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_folded_release_key UNIQUE (folded, release);
ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.removals
    ADD CONSTRAINT removals_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.room_desks
    ADD CONSTRAINT room_desks_pkey PRIMARY KEY (desk);
ALTER TABLE ONLY public.room_ends
    ADD CONSTRAINT room_ends_pkey PRIMARY KEY (session);
ALTER TABLE ONLY public.room_left
    ADD CONSTRAINT room_left_pkey PRIMARY KEY (session);
ALTER TABLE ONLY public.room_messages
    ADD CONSTRAINT room_messages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.room_places
    ADD CONSTRAINT room_places_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_docs
    ADD CONSTRAINT search_docs_pkey PRIMARY KEY (doc);
ALTER TABLE ONLY public.search_due
    ADD CONSTRAINT search_due_pkey PRIMARY KEY (doc);
ALTER TABLE ONLY public.search_posts
    ADD CONSTRAINT search_posts_pkey PRIMARY KEY (term, block);
ALTER TABLE ONLY public.search_state
    ADD CONSTRAINT search_state_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.search_terms
    ADD CONSTRAINT search_terms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_terms
    ADD CONSTRAINT search_terms_term_key UNIQUE (term);
ALTER TABLE ONLY public.sections
    ADD CONSTRAINT sections_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sightings
    ADD CONSTRAINT sightings_pkey PRIMARY KEY (installation, bundle);
ALTER TABLE ONLY public.signins
    ADD CONSTRAINT signins_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.staff_queues
    ADD CONSTRAINT staff_queues_pkey PRIMARY KEY (staff, queue);
ALTER TABLE ONLY public.tellings
    ADD CONSTRAINT tellings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ticket_links
    ADD CONSTRAINT ticket_links_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.ticket_links
    ADD CONSTRAINT ticket_links_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_id_key UNIQUE (id);
ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.told
    ADD CONSTRAINT told_pkey PRIMARY KEY (telling, ticket);
ALTER TABLE ONLY public.told_texts
    ADD CONSTRAINT told_texts_pkey PRIMARY KEY (bug, ticket, digest);
ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.upload_parts
    ADD CONSTRAINT upload_parts_pkey PRIMARY KEY (upload, "position");
ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.watchers
    ADD CONSTRAINT watchers_pkey PRIMARY KEY (staff, ticket);
CREATE INDEX access_uses_access ON public.access_uses USING btree (access, id);
CREATE INDEX accesses_granted_by ON public.accesses USING btree (granted_by) WHERE (granted_by IS NOT NULL);
CREATE INDEX accesses_installation ON public.accesses USING btree (installation) WHERE (installation IS NOT NULL);
CREATE INDEX accesses_organisation ON public.accesses USING btree (organisation, id);
CREATE INDEX accesses_ticket ON public.accesses USING btree (ticket, id) WHERE (ticket IS NOT NULL);
CREATE INDEX accesses_until ON public.accesses USING btree (state, until);
CREATE INDEX alarms_ticket ON public.alarms USING btree (ticket);
CREATE INDEX articles_of ON public.articles USING btree (of) WHERE (of IS NOT NULL);
CREATE INDEX articles_state ON public.articles USING btree (state, id);
CREATE UNIQUE INDEX articles_ticket ON public.articles USING btree (ticket) WHERE (ticket IS NOT NULL);
CREATE INDEX bug_tickets_ticket ON public.bug_tickets USING btree (ticket, bug);
CREATE INDEX bugs_product ON public.bugs USING btree (folded, id);
CREATE INDEX bundles_scan ON public.bundles USING btree (created) WHERE (scan = 'waiting'::text);
CREATE INDEX bundles_sha256 ON public.bundles USING btree (sha256);
CREATE INDEX bundles_ticket ON public.bundles USING btree (ticket);
CREATE UNIQUE INDEX contacts_mail ON public.contacts USING btree (mail) WHERE (mail <> ''::text);
CREATE INDEX contacts_organisation ON public.contacts USING btree (organisation, folded);
CREATE INDEX deliveries_hook ON public.deliveries USING btree (hook, made);
CREATE INDEX deliveries_made ON public.deliveries USING btree (made);
CREATE INDEX deliveries_next ON public.deliveries USING btree (next) WHERE (next IS NOT NULL);
CREATE INDEX entries_requests ON public.entries USING btree (ticket, id) WHERE (kind = 'request'::text);
CREATE INDEX entries_ticket ON public.entries USING btree (ticket, id);
CREATE INDEX files_scan ON public.files USING btree (created) WHERE (scan = 'waiting'::text);
CREATE INDEX files_sha256 ON public.files USING btree (sha256);
CREATE INDEX files_ticket ON public.files USING btree (ticket);
CREATE INDEX files_unused ON public.files USING btree (created) WHERE (used = 0);
CREATE INDEX filters_owner ON public.filters USING btree (owner, id);
CREATE INDEX filters_shared ON public.filters USING btree (id) WHERE (shared = 1);
CREATE INDEX installations_organisation ON public.installations USING btree (organisation, folded);
CREATE INDEX journal_ticket ON public.journal USING btree (ticket, seq) WHERE (ticket <> 0);
CREATE INDEX mails_address ON public.mails USING btree (address, incoming, written);
CREATE INDEX mails_message ON public.mails USING btree (message_id) WHERE (message_id <> ''::text);
CREATE INDEX mails_next ON public.mails USING btree (next) WHERE (next IS NOT NULL);
CREATE INDEX mails_state ON public.mails USING btree (state, id);
CREATE INDEX mails_ticket ON public.mails USING btree (ticket, id) WHERE (ticket IS NOT NULL);
CREATE INDEX numbers_parts ON public.numbers USING btree (measure, week, scope);
CREATE INDEX organisation_domains_organisation ON public.organisation_domains USING btree (organisation);
CREATE INDEX outcomes_at ON public.outcomes USING btree (at);
CREATE INDEX outcomes_ref ON public.outcomes USING btree (ref);
CREATE UNIQUE INDEX outcomes_ticket ON public.outcomes USING btree (ticket) WHERE (ticket IS NOT NULL);
CREATE INDEX passkeys_staff ON public.passkeys USING btree (staff);
CREATE INDEX promises_remind ON public.promises USING btree (remind_at) WHERE (remind_at IS NOT NULL);
CREATE INDEX recovery_codes_staff ON public.recovery_codes USING btree (staff);
CREATE INDEX release_bugs_bug ON public.release_bugs USING btree (bug);
CREATE INDEX releases_day ON public.releases USING btree (day, id);
CREATE INDEX reveals_ticket ON public.reveals USING btree (ticket);
CREATE INDEX room_messages_desk ON public.room_messages USING btree (desk, id);
CREATE INDEX room_messages_place ON public.room_messages USING btree (place);
CREATE INDEX room_places_desk ON public.room_places USING btree (desk);
CREATE UNIQUE INDEX room_places_here ON public.room_places USING btree (session, role) WHERE (here = 1);
CREATE INDEX room_places_session ON public.room_places USING btree (session);
CREATE INDEX search_docs_fresh ON public.search_docs USING btree (fresh) WHERE (fresh > 0);
CREATE INDEX search_terms_unused ON public.search_terms USING btree (id) WHERE ((inside = 0) AND (outside = 0));
CREATE INDEX sections_page ON public.sections USING btree (page, place);
CREATE UNIQUE INDEX sessions_open ON public.sessions USING btree (ticket, staff, role) WHERE (ended IS NULL);
CREATE INDEX sessions_ticket ON public.sessions USING btree (ticket);
CREATE INDEX sightings_ticket ON public.sightings USING btree (ticket);
CREATE INDEX signins_expires ON public.signins USING btree (expires);
CREATE INDEX signins_staff ON public.signins USING btree (staff);
CREATE UNIQUE INDEX staff_handle ON public.staff USING btree (handle) WHERE (handle <> '\x'::bytea);
CREATE INDEX staff_queues_queue ON public.staff_queues USING btree (queue, staff);
CREATE UNIQUE INDEX staff_subject ON public.staff USING btree (subject) WHERE (subject <> ''::text);
CREATE INDEX tellings_bug ON public.tellings USING btree (bug, id);
CREATE INDEX tellings_open ON public.tellings USING btree (id) WHERE (done = 0);
CREATE INDEX ticket_links_expires ON public.ticket_links USING btree (expires);
CREATE INDEX ticket_links_ticket ON public.ticket_links USING btree (ticket);
CREATE INDEX tickets_created ON public.tickets USING btree (created);
CREATE INDEX tickets_due ON public.tickets USING btree (due) WHERE (due IS NOT NULL);
CREATE INDEX tickets_escalated ON public.tickets USING btree (state, number) WHERE (escalated IS NOT NULL);
CREATE INDEX tickets_installation ON public.tickets USING btree (installation) WHERE (installation IS NOT NULL);
CREATE INDEX tickets_open ON public.tickets USING btree (owner, due, number, queue, state) WHERE (state = ANY (ARRAY['new'::text, 'open'::text, 'waiting-customer'::text, 'waiting-third'::text]));
CREATE INDEX tickets_organisation ON public.tickets USING btree (organisation, number) WHERE (organisation IS NOT NULL);
CREATE INDEX tickets_owner ON public.tickets USING btree (owner, state, number);
CREATE INDEX tickets_parent ON public.tickets USING btree (parent) WHERE (parent IS NOT NULL);
CREATE INDEX tickets_person ON public.tickets USING btree (person) WHERE (person IS NOT NULL);
CREATE INDEX tickets_product ON public.tickets USING btree (product, number);
CREATE INDEX tickets_promised ON public.tickets USING btree (state, due) WHERE (due IS NOT NULL);
CREATE INDEX tickets_queue ON public.tickets USING btree (queue, state, number);
CREATE INDEX tickets_state ON public.tickets USING btree (state, number);
CREATE INDEX tokens_expires ON public.tokens USING btree (expires);
CREATE INDEX tokens_staff ON public.tokens USING btree (staff);
CREATE INDEX tokens_ticket ON public.tokens USING btree (ticket);
CREATE INDEX told_texts_ticket ON public.told_texts USING btree (ticket);
CREATE INDEX told_ticket ON public.told USING btree (ticket);
CREATE INDEX told_waiting ON public.told USING btree (telling, ticket) WHERE (result = 'waiting'::text);
CREATE INDEX tombstones_ticket ON public.tombstones USING btree (ticket);
CREATE INDEX uploads_expires ON public.uploads USING btree (expires);
CREATE INDEX uploads_sha256 ON public.uploads USING btree (sha256);
CREATE INDEX uploads_ticket ON public.uploads USING btree (ticket);
CREATE INDEX watchers_ticket ON public.watchers USING btree (ticket);
ALTER TABLE ONLY public.access_people
    ADD CONSTRAINT access_people_access_fkey FOREIGN KEY (access) REFERENCES public.accesses(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.access_uses
    ADD CONSTRAINT access_uses_access_fkey FOREIGN KEY (access) REFERENCES public.accesses(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.accesses
    ADD CONSTRAINT accesses_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES public.contacts(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.accesses
    ADD CONSTRAINT accesses_installation_fkey FOREIGN KEY (installation) REFERENCES public.installations(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.accesses
    ADD CONSTRAINT accesses_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisations(id);
ALTER TABLE ONLY public.accesses
    ADD CONSTRAINT accesses_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE SET NULL;
ALTER TABLE ONLY public.alarms
    ADD CONSTRAINT alarms_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_article_fkey FOREIGN KEY (article) REFERENCES public.articles(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_of_fkey FOREIGN KEY (of) REFERENCES public.articles(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.bug_tickets
    ADD CONSTRAINT bug_tickets_bug_fkey FOREIGN KEY (bug) REFERENCES public.bugs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.bug_tickets
    ADD CONSTRAINT bug_tickets_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.bundles
    ADD CONSTRAINT bundles_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number);
ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.counted
    ADD CONSTRAINT counted_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_hook_fkey FOREIGN KEY (hook) REFERENCES public.hooks(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number);
ALTER TABLE ONLY public.installations
    ADD CONSTRAINT installations_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.mail_parties
    ADD CONSTRAINT mail_parties_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.organisation_domains
    ADD CONSTRAINT organisation_domains_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_staff_fkey FOREIGN KEY (staff) REFERENCES public.staff(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.promises
    ADD CONSTRAINT promises_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_session_fkey FOREIGN KEY (session) REFERENCES public.sessions(id);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_staff_fkey FOREIGN KEY (staff) REFERENCES public.staff(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.release_bugs
    ADD CONSTRAINT release_bugs_bug_fkey FOREIGN KEY (bug) REFERENCES public.bugs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.release_bugs
    ADD CONSTRAINT release_bugs_release_fkey FOREIGN KEY (release) REFERENCES public.releases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.reveals
    ADD CONSTRAINT reveals_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number);
ALTER TABLE ONLY public.sections
    ADD CONSTRAINT sections_page_fkey FOREIGN KEY (page) REFERENCES public.pages(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_staff_fkey FOREIGN KEY (staff) REFERENCES public.staff(name);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number);
ALTER TABLE ONLY public.sightings
    ADD CONSTRAINT sightings_installation_fkey FOREIGN KEY (installation) REFERENCES public.installations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sightings
    ADD CONSTRAINT sightings_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.signins
    ADD CONSTRAINT signins_staff_fkey FOREIGN KEY (staff) REFERENCES public.staff(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.staff_queues
    ADD CONSTRAINT staff_queues_queue_fkey FOREIGN KEY (queue) REFERENCES public.queues(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.tellings
    ADD CONSTRAINT tellings_bug_fkey FOREIGN KEY (bug) REFERENCES public.bugs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.ticket_links
    ADD CONSTRAINT ticket_links_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_staff_fkey FOREIGN KEY (staff) REFERENCES public.staff(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.told
    ADD CONSTRAINT told_telling_fkey FOREIGN KEY (telling) REFERENCES public.tellings(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.told_texts
    ADD CONSTRAINT told_texts_bug_fkey FOREIGN KEY (bug) REFERENCES public.bugs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.told_texts
    ADD CONSTRAINT told_texts_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.told
    ADD CONSTRAINT told_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number);
ALTER TABLE ONLY public.upload_parts
    ADD CONSTRAINT upload_parts_upload_fkey FOREIGN KEY (upload) REFERENCES public.uploads(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number);
ALTER TABLE ONLY public.watchers
    ADD CONSTRAINT watchers_ticket_fkey FOREIGN KEY (ticket) REFERENCES public.tickets(number) ON DELETE CASCADE;
