package people

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// usedEvery is how exactly it is known when a token or a key was last used.
const usedEvery = 5 * time.Minute

// Holder is whom a token belongs to: a ticket, a member of staff or a key, one of them.
type Holder struct {
	Ticket int64  // 0: none
	Staff  *Staff // nil: none
	Key    *Key   // nil: none

	ID        string    // of the token, for lists and the journal; no secret
	Confirmed time.Time // when a member of staff last proved who they are
	Expires   time.Time

	used time.Time
	hash []byte
}

// SignedIn says how somebody signed in, and from where; "" is nowhere that could be known again.
type SignedIn struct {
	How, From, Agent string
	Confirmed        time.Time // when they proved who they are; the zero time is now
}

// TokenID names a token without telling it.
func TokenID(token string) string { return idOf(Hash(token)) }

func idOf(hash []byte) string { return hex.EncodeToString(hash[:8]) }

// Holder gives the one a token was made for; db.ErrNotFound when it is unknown
// or expired, or its owner is disabled.
func (p *People) Holder(ctx context.Context, token string, now time.Time) (Holder, error) {
	if isKey(token) {
		return p.keyHolder(ctx, token, now)
	}
	h := Holder{hash: Hash(token)}
	h.ID = idOf(h.hash)
	var ticket sql.NullInt64
	var name, display, roles, language sql.NullString
	var expires, confirmed, used int64
	err := p.db.QueryRowContext(ctx, `SELECT t.ticket, t.expires, t.confirmed, t.used, s.name, s.display_name, s.roles, s.language
		FROM tokens t LEFT JOIN staff s ON s.name = t.staff
		WHERE t.hash = ? AND t.expires > ? AND coalesce(s.disabled, 0) = 0`,
		h.hash, db.Micros(now)).Scan(&ticket, &expires, &confirmed, &used, &name, &display, &roles, &language)
	if err != nil {
		return Holder{}, fmt.Errorf("look up token: %w", db.Named(err))
	}
	h.Ticket, h.Expires, h.Confirmed, h.used = ticket.Int64, db.Moment(expires), db.Moment(confirmed), db.Moment(used)
	if name.Valid {
		h.Staff = &Staff{Name: name.String, DisplayName: display.String, Roles: unwords[api.Role](roles.String), Language: language.String}
	}
	return h, nil
}

// Touch remembers that a token or key was used, when that is not known to within five minutes.
func (p *People) Touch(ctx context.Context, h Holder, now time.Time) error {
	if now.Sub(h.used) < usedEvery || h.Ticket != 0 {
		return nil
	}
	query := "UPDATE tokens SET used = ? WHERE hash = ?"
	if h.Key != nil {
		query = "UPDATE api_keys SET used = ? WHERE hash = ?"
	}
	return p.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, query, db.Micros(now), h.hash)
		return err
	})
}

// AddToken makes a token for a member of staff that holds until expires.
func AddToken(ctx context.Context, tx *db.Tx, staff string, s SignedIn, now, expires time.Time) (string, error) {
	token, hash := newSecret("")
	if s.Confirmed.IsZero() {
		s.Confirmed = now
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO tokens (hash, staff, how, source, agent, created, used, confirmed, expires)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, hash, staff, s.How, s.From, cut(s.Agent, 200), db.Micros(now), db.Micros(now), db.Micros(s.Confirmed), db.Micros(expires))
	if err != nil {
		return "", fmt.Errorf("make token: %w", err)
	}
	if s.From != "" {
		if err := rememberPlace(ctx, tx, staff, s.From, now); err != nil {
			return "", fmt.Errorf("make token: %w", err)
		}
	}
	return token, nil
}

// Confirm remembers that a token's owner has proved who they are again.
func Confirm(ctx context.Context, tx *db.Tx, token string, now time.Time) error {
	return db.One(tx.ExecContext(ctx, "UPDATE tokens SET confirmed = ? WHERE hash = ?", db.Micros(now), Hash(token)))
}

// DropToken makes a token worthless; an unknown one is no error.
func DropToken(ctx context.Context, tx *db.Tx, token string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM tokens WHERE hash = ?", Hash(token))
	return err
}

// SignIns are the places where a member of staff is signed in, the newest first.
func SignIns(ctx context.Context, q db.Querier, staff string, now time.Time) ([]api.SignInSession, error) {
	rows, err := q.QueryContext(ctx, `SELECT hash, how, source, agent, created, used, expires FROM tokens
		WHERE staff = ? AND expires > ? ORDER BY created DESC LIMIT 1000`, staff, db.Micros(now))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []api.SignInSession{}
	for rows.Next() {
		var s api.SignInSession
		var hash []byte
		var created, used, expires int64
		if err := rows.Scan(&hash, &s.How, &s.From, &s.Agent, &created, &used, &expires); err != nil {
			return nil, err
		}
		s.ID, s.Created, s.Used, s.Expires = idOf(hash), db.Moment(created), db.Moment(used), db.Moment(expires)
		all = append(all, s)
	}
	return all, rows.Err()
}

// DropSignIns makes tokens of a member of staff worthless: the one of that ID,
// or with id "" all but keep's, and what they have begun of another sign-in. It
// gives the IDs of those that were.
func DropSignIns(ctx context.Context, tx *db.Tx, staff, id, keep string) ([]string, error) {
	if id == "" {
		if _, err := tx.ExecContext(ctx, "DELETE FROM signins WHERE staff = ?", staff); err != nil {
			return nil, err
		}
	}
	rows, err := tx.QueryContext(ctx, "SELECT hash FROM tokens WHERE staff = ?", staff)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hashes [][]byte
	for rows.Next() {
		var hash []byte
		if err := rows.Scan(&hash); err != nil {
			return nil, err
		}
		if one := idOf(hash); one == id || id == "" && one != keep {
			hashes = append(hashes, hash)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var gone []string
	for _, hash := range hashes {
		if _, err := tx.ExecContext(ctx, "DELETE FROM tokens WHERE hash = ?", hash); err != nil {
			return nil, err
		}
		gone = append(gone, idOf(hash))
	}
	return gone, nil
}

// cut shortens a text to so many bytes, at a character.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && s[most]&0xc0 == 0x80 {
		most--
	}
	return s[:most]
}
