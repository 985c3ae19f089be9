package customers

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const accessColumns = `id, version, state, organisation, coalesce(installation, 0), coalesce(ticket, 0), why, scope, author, requested,
	until, coalesce(granted_by, 0), granted_name, how, granted, ended, ended_by, reason`

func scanAccess(row db.Scanner) (api.SystemAccess, error) {
	var a api.SystemAccess
	var requested, until int64
	var granted, ended sql.NullInt64
	err := row.Scan(&a.ID, &a.Version, &a.State, &a.Organisation, &a.Installation, &a.Ticket, &a.Why, &a.Scope, &a.By, &requested,
		&until, &a.GrantedBy, &a.GrantedName, &a.How, &granted, &ended, &a.EndedBy, &a.Reason)
	a.Requested, a.Until = db.Moment(requested), db.Moment(until)
	a.Granted, a.Ended = db.FromNull(granted), db.FromNull(ended)
	return a, db.Named(err)
}

// Accesses lists accesses, the newest first, with who may use them and without their uses.
func Accesses(ctx context.Context, d db.Querier, q api.AccessQuery) ([]api.SystemAccess, error) {
	var where []string
	var args []any
	and := func(text string, arg any) {
		where = append(where, text)
		args = append(args, arg)
	}
	if q.Organisation != 0 {
		and("organisation = ?", q.Organisation)
	}
	if q.Ticket != 0 {
		and("ticket = ?", q.Ticket)
	}
	if q.Before != 0 {
		and("id < ?", q.Before)
	}
	if q.Open {
		where = append(where, "state IN ('requested', 'granted')")
	}
	query := "SELECT " + accessColumns + " FROM accesses"
	if len(where) > 0 {
		query += " WHERE " + strings.Join(where, " AND ")
	}
	list, err := db.All(ctx, d, scanAccess, query+" ORDER BY id DESC LIMIT ?", append(args, q.Limit)...)
	for i := range list {
		if err == nil {
			list[i].For, err = people(ctx, d, list[i].ID)
		}
	}
	return list, err
}

// Access reads one access with its uses.
func Access(ctx context.Context, d db.Querier, id int64) (api.SystemAccess, error) {
	a, err := scanAccess(d.QueryRowContext(ctx, "SELECT "+accessColumns+" FROM accesses WHERE id = ?", id))
	if err != nil {
		return a, err
	}
	if a.For, err = people(ctx, d, id); err != nil {
		return a, err
	}
	a.Uses, err = db.All(ctx, d, scanUse, "SELECT used, staff, note FROM access_uses WHERE access = ? ORDER BY id", id)
	return a, err
}

func scanUse(row db.Scanner) (u api.AccessUse, err error) {
	var used int64
	err = row.Scan(&used, &u.By, &u.Note)
	u.At = db.Moment(used)
	return u, err
}

func people(ctx context.Context, d db.Querier, access int64) ([]string, error) {
	return db.All(ctx, d, db.Value[string], "SELECT staff FROM access_people WHERE access = ? ORDER BY staff", access)
}

// RequestAccess keeps a, asked for by a.By, and gives its ID.
func RequestAccess(ctx context.Context, tx *db.Tx, a api.SystemAccess) (int64, error) {
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO accesses (version, state, organisation, installation, ticket, why, scope, author, requested, until)
		VALUES (1, 'requested', ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		a.Organisation, null(a.Installation), null(a.Ticket), a.Why, a.Scope, a.By, db.Micros(a.Requested), db.Micros(a.Until)).Scan(&id)
	if err != nil {
		return 0, db.Named(err)
	}
	for _, name := range a.For {
		if _, err := tx.ExecContext(ctx, "INSERT INTO access_people (access, staff) VALUES (?, ?)", id, name); err != nil {
			return 0, db.Own(err)
		}
	}
	return id, nil
}

// ChangeAccess writes what became of a over the one with its ID and version.
func ChangeAccess(ctx context.Context, tx *db.Tx, a api.SystemAccess) error {
	r, err := tx.ExecContext(ctx, `UPDATE accesses SET version = version + 1, state = ?, until = ?, granted_by = ?, granted_name = ?, how = ?,
		granted = ?, ended = ?, ended_by = ?, reason = ? WHERE id = ? AND version = ?`,
		a.State, db.Micros(a.Until), null(a.GrantedBy), a.GrantedName, a.How, db.NullMicros(a.Granted), db.NullMicros(a.Ended),
		a.EndedBy, a.Reason, a.ID, a.Version)
	return db.Changed(ctx, tx, "accesses", a.ID, r, err)
}

// UseAccess notes a use of an access that is granted and whose time is not up.
// Another state is db.ErrConflict, one use too many ErrInUse.
func UseAccess(ctx context.Context, tx *db.Tx, id, version int64, u api.AccessUse) error {
	r, err := tx.ExecContext(ctx, `UPDATE accesses SET version = version + 1 WHERE id = ? AND version = ? AND state = 'granted' AND until > ?`,
		id, version, db.Micros(u.At))
	if err := db.Changed(ctx, tx, "accesses", id, r, err); err != nil {
		return err
	}
	var n int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM access_uses WHERE access = ?", id).Scan(&n); err != nil {
		return err
	}
	if n >= api.MaxUses {
		return ErrInUse
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO access_uses (access, used, staff, note) VALUES (?, ?, ?, ?)", id, db.Micros(u.At), u.By, u.Note)
	return err
}

// Over lists at most limit accesses whose time is up and that have not ended, granted or still asked for.
func Over(ctx context.Context, d db.Querier, now time.Time, limit int) ([]api.SystemAccess, error) {
	return db.All(ctx, d, scanAccess, "SELECT "+accessColumns+` FROM accesses
		WHERE state IN ('requested', 'granted') AND until <= ? ORDER BY until LIMIT ?`, db.Micros(now), limit)
}

// MayEnter says whether a member of staff has an open access to an
// organisation's systems: granted to them, and its time is not up.
func MayEnter(ctx context.Context, d db.Querier, organisation int64, staff string, now time.Time) (bool, error) {
	var n int
	err := d.QueryRowContext(ctx, `SELECT count(*) FROM accesses a JOIN access_people p ON p.access = a.id
		WHERE a.organisation = ? AND a.state = 'granted' AND a.until > ? AND p.staff = ?`,
		organisation, db.Micros(now), staff).Scan(&n)
	return n > 0, db.Named(err)
}
