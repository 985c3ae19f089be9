package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// ErrLast refuses to leave the desk without an administrator.
var ErrLast = errors.New("nobody else is an administrator")

// FieldError is a field that cannot be so.
type FieldError struct{ Why string }

func (e *FieldError) Error() string { return e.Why }

func wrong(format string, args ...any) error { return &FieldError{fmt.Sprintf(format, args...)} }

// Add makes a member of staff in a transaction. Names are told apart without
// upper and lower case; one that is taken is db.ErrExists, what cannot be a *FieldError.
func Add(ctx context.Context, tx *db.Tx, n api.NewStaff, hash string, now time.Time) error {
	if err := check(n); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO staff (name, display_name, roles, password, email, subject, language, created)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, n.User, strings.TrimSpace(n.Name), words(n.Roles), hash, n.Email, n.Subject, n.Language, db.Micros(now))
	if db.Unique(err) {
		return db.ErrExists
	}
	return err
}

func check(n api.NewStaff) error {
	switch {
	case !validName(n.User):
		return wrong("a name to sign in with has 1 to 64 characters, no spaces, no slash and no colon, and is none that the desk uses itself")
	case n.Password != "" && !ValidPassword(n.Password):
		return wrong("a password has %d to %d characters", api.MinPasswordSize, api.MaxPasswordSize)
	}
	return errors.Join(checkDisplay(n.Name), checkRoles(n.Roles), checkText("email", n.Email), checkText("subject", n.Subject), checkText("language", n.Language))
}

func checkDisplay(name string) error {
	if strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > api.MaxName || strings.ContainsFunc(name, unicode.IsControl) || !utf8.ValidString(name) {
		return wrong("the name that customers are shown has 1 to %d characters", api.MaxName)
	}
	return nil
}

func checkRoles(roles []api.Role) error {
	if len(roles) == 0 {
		return wrong("a member of staff has one role or more")
	}
	for i, r := range roles {
		if !slices.Contains(api.Roles, r) || slices.Contains(roles[:i], r) {
			return wrong("role %q is none of %s, or there twice", r, words(api.Roles))
		}
	}
	return nil
}

func checkText(what, text string) error {
	if utf8.RuneCountInString(text) > api.MaxName || strings.ContainsFunc(text, unicode.IsControl) || !utf8.ValidString(text) {
		return wrong("%s has at most %d characters on one line", what, api.MaxName)
	}
	return nil
}

// taken are those who stand on timelines where a name of staff could; a key's
// begins with a word and a colon.
var taken = []string{api.ActorStaff, api.ActorCustomer, api.ActorKey, api.ActorMail, api.ActorRule, api.ActorDesk}

func validName(name string) bool {
	if name == "" || utf8.RuneCountInString(name) > 64 || !utf8.ValidString(name) || slices.Contains(taken, strings.ToLower(name)) {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == '/' || r == ':' })
}

// ValidPassword says whether it is long enough, and not too long (OWASP ASVS 5, 6.2.1).
func ValidPassword(password string) bool {
	n := utf8.RuneCountInString(password)
	return n >= api.MinPasswordSize && n <= api.MaxPasswordSize
}

const memberColumns = `name, display_name, roles, version, disabled, language, email, subject, created, password <> '', totp <> '',
	(SELECT count(*) FROM recovery_codes r WHERE r.staff = staff.name), (SELECT max(used) FROM tokens t WHERE t.staff = staff.name)`

func scanMember(row interface{ Scan(...any) error }) (api.StaffMember, error) {
	var m api.StaffMember
	var f api.Factors
	var roles string
	var created int64
	var seen sql.NullInt64
	err := row.Scan(&m.User, &m.Name, &roles, &m.Version, &m.Disabled, &m.Language, &m.Email, &m.Subject, &created,
		&f.Password, &f.TOTP, &f.Recovery, &seen)
	m.Roles, m.Created = unwords[api.Role](roles), db.Moment(created)
	if seen.Int64 > 0 {
		m.Seen = db.FromNull(seen)
	}
	f.OIDC = m.Subject != ""
	m.Factors = &f
	return m, db.Named(err)
}

// Member is one of the staff with everything that is known; db.ErrNotFound when there is none of that name.
func Member(ctx context.Context, q db.Querier, name string) (api.StaffMember, error) {
	m, err := scanMember(q.QueryRowContext(ctx, "SELECT "+memberColumns+" FROM staff WHERE name = ?", name))
	if err != nil {
		return m, err
	}
	m.Factors.Passkeys, err = Passkeys(ctx, q, m.User)
	return m, err
}

// Members are all the staff, by name.
func Members(ctx context.Context, q db.Querier) ([]api.StaffMember, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+memberColumns+" FROM staff ORDER BY name LIMIT 10000")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []api.StaffMember
	for rows.Next() {
		m, err := scanMember(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}

// Change changes a member of staff. hash is of the new password, when there is
// one. Another version is db.ErrConflict, taking the last administrator away ErrLast.
func Change(ctx context.Context, tx *db.Tx, name string, c api.StaffChange, hash string) error {
	was, err := Member(ctx, tx, name)
	if err != nil {
		return err
	}
	if was.Version != c.Version {
		return db.ErrConflict
	}
	is := was
	set(&is.Name, c.Name)
	set(&is.Roles, c.Roles)
	set(&is.Disabled, c.Disabled)
	set(&is.Email, c.Email)
	set(&is.Subject, c.Subject)
	set(&is.Language, c.Language)
	if err := errors.Join(checkDisplay(is.Name), checkRoles(is.Roles), checkText("email", is.Email), checkText("subject", is.Subject), checkText("language", is.Language)); err != nil {
		return err
	}
	err = db.One(tx.ExecContext(ctx, `UPDATE staff SET version = version + 1, display_name = ?, roles = ?, disabled = ?, email = ?, subject = ?, language = ?
		WHERE name = ?`, strings.TrimSpace(is.Name), words(is.Roles), flag(is.Disabled), is.Email, is.Subject, is.Language, was.User))
	if db.Unique(err) {
		return db.ErrExists
	}
	if err == nil && c.Password != nil {
		err = SetPassword(ctx, tx, was.User, hash)
	}
	if err != nil {
		return err
	}
	return administered(ctx, tx, was)
}

// administered looks whether an administrator is left after was has been changed.
func administered(ctx context.Context, tx *db.Tx, was api.StaffMember) error {
	if was.Disabled || !slices.Contains(was.Roles, api.RoleAdministrator) {
		return nil
	}
	all, err := Members(ctx, tx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(m api.StaffMember) bool {
		return !m.Disabled && slices.Contains(m.Roles, api.RoleAdministrator)
	}) {
		return ErrLast
	}
	return nil
}

func set[T any](field *T, to *T) {
	if to != nil {
		*field = *to
	}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
