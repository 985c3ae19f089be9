package customers

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const organisationColumns = "o.id, o.version, o.name, o.party, o.language, o.contract, o.created, o.updated, o.ways_version"

func scanOrganisation(row db.Scanner) (api.Organisation, error) {
	var o api.Organisation
	var created, updated, ways int64
	err := row.Scan(&o.ID, &o.Version, &o.Name, &o.Party, &o.Language, &o.Contract, &created, &updated, &ways)
	o.Created, o.Updated, o.Ways = db.Moment(created), db.Moment(updated), ways > 0
	return o, db.Named(err)
}

// Organisations lists organisations in the order of their names, q.Limit and one more.
func Organisations(ctx context.Context, d db.Querier, q api.OrganisationQuery) ([]api.Organisation, error) {
	query := "SELECT " + organisationColumns + " FROM organisations o WHERE o.folded > ?"
	args := []any{fold(q.After)}
	for _, word := range strings.Fields(strings.ToLower(q.Text)) {
		query += ` AND (o.folded LIKE ? ESCAPE '!'
			OR EXISTS (SELECT 1 FROM organisation_domains m WHERE m.organisation = o.id AND m.domain LIKE ? ESCAPE '!')
			OR EXISTS (SELECT 1 FROM contacts c WHERE c.organisation = o.id AND (c.folded LIKE ? ESCAPE '!' OR c.mail LIKE ? ESCAPE '!')))`
		p := db.Like(word)
		args = append(args, p, p, p, p)
	}
	list, err := db.All(ctx, d, scanOrganisation, query+" ORDER BY o.folded LIMIT ?", append(args, q.Limit+1)...)
	for i := range list {
		if err == nil {
			list[i].Domains, err = domains(ctx, d, list[i].ID)
		}
	}
	return list, err
}

// Organisation reads one with all that is of it.
func Organisation(ctx context.Context, d db.Querier, id int64) (api.Organisation, error) {
	o, err := scanOrganisation(d.QueryRowContext(ctx, "SELECT "+organisationColumns+" FROM organisations o WHERE o.id = ?", id))
	if err != nil {
		return o, err
	}
	if o.Domains, err = domains(ctx, d, id); err != nil {
		return o, err
	}
	if o.Contacts, err = contacts(ctx, d, id); err != nil {
		return o, err
	}
	if o.Installations, err = installations(ctx, d, id); err != nil {
		return o, err
	}
	o.Accesses, err = Accesses(ctx, d, api.AccessQuery{Organisation: id, Open: true, Limit: 200})
	return o, err
}

func domains(ctx context.Context, d db.Querier, organisation int64) ([]string, error) {
	return db.All(ctx, d, db.Value[string], "SELECT domain FROM organisation_domains WHERE organisation = ? ORDER BY domain", organisation)
}

// AddOrganisation makes o and gives its ID. A name or a domain that another one has is db.ErrExists.
func AddOrganisation(ctx context.Context, tx *db.Tx, o api.Organisation, now time.Time) (int64, error) {
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO organisations (version, name, folded, party, language, contract, created, updated)
		VALUES (1, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		o.Name, fold(o.Name), o.Party, o.Language, o.Contract, db.Micros(now), db.Micros(now)).Scan(&id)
	if err != nil {
		return 0, db.Own(err)
	}
	return id, setDomains(ctx, tx, id, o.Domains)
}

// ChangeOrganisation writes o over the one with its ID and version.
func ChangeOrganisation(ctx context.Context, tx *db.Tx, o api.Organisation, now time.Time) error {
	r, err := tx.ExecContext(ctx, `UPDATE organisations SET version = version + 1, name = ?, folded = ?, party = ?, language = ?,
		contract = ?, updated = ? WHERE id = ? AND version = ?`,
		o.Name, fold(o.Name), o.Party, o.Language, o.Contract, db.Micros(now), o.ID, o.Version)
	if err := db.Changed(ctx, tx, "organisations", o.ID, r, err); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM organisation_domains WHERE organisation = ?", o.ID); err != nil {
		return err
	}
	return setDomains(ctx, tx, o.ID, o.Domains)
}

func setDomains(ctx context.Context, tx *db.Tx, organisation int64, list []string) error {
	for _, domain := range list {
		if _, err := tx.ExecContext(ctx, "INSERT INTO organisation_domains (domain, organisation) VALUES (?, ?)", domain, organisation); err != nil {
			return db.Own(err)
		}
	}
	return nil
}

// ErrInUse says that something is still linked to what was to be deleted.
var ErrInUse = errors.New("in use")

// DeleteOrganisation deletes one with its contacts and installations. One that
// a ticket or an access is linked to is ErrInUse.
func DeleteOrganisation(ctx context.Context, tx *db.Tx, id, version int64) error {
	var used int
	err := tx.QueryRowContext(ctx, `SELECT CASE WHEN EXISTS (SELECT 1 FROM tickets WHERE organisation = ?)
		OR EXISTS (SELECT 1 FROM accesses WHERE organisation = ?) THEN 1 ELSE 0 END`, id, id).Scan(&used)
	if err != nil {
		return err
	}
	if used == 1 {
		return ErrInUse
	}
	r, err := tx.ExecContext(ctx, "DELETE FROM organisations WHERE id = ? AND version = ?", id, version)
	return db.Changed(ctx, tx, "organisations", id, r, err)
}

// Ways reads the notes on how to get in.
func Ways(ctx context.Context, d db.Querier, organisation int64) (api.Ways, error) {
	var w api.Ways
	var updated int64
	err := d.QueryRowContext(ctx, "SELECT ways, ways_version, ways_by, ways_updated FROM organisations WHERE id = ?", organisation).
		Scan(&w.Text, &w.Version, &w.By, &updated)
	w.Updated = db.Moment(updated)
	return w, db.Named(err)
}

// SetWays writes the notes over those of w.Version.
func SetWays(ctx context.Context, tx *db.Tx, organisation int64, w api.Ways) error {
	r, err := tx.ExecContext(ctx, `UPDATE organisations SET ways = ?, ways_version = ways_version + 1, ways_by = ?, ways_updated = ?
		WHERE id = ? AND ways_version = ?`, w.Text, w.By, db.Micros(w.Updated), organisation, w.Version)
	return db.Changed(ctx, tx, "organisations", organisation, r, err)
}
