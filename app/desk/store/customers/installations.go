package customers

import (
	"context"
	"errors"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const installationColumns = "id, version, organisation, product, product_version, place, note, updated"

func scanInstallation(row db.Scanner) (api.Installed, error) {
	var i api.Installed
	var updated int64
	err := row.Scan(&i.ID, &i.Version, &i.Organisation, &i.Product, &i.ProductVersion, &i.Where, &i.Note, &updated)
	i.Updated = db.Moment(updated)
	return i, db.Named(err)
}

func installations(ctx context.Context, d db.Querier, organisation int64) ([]api.Installed, error) {
	list, err := db.All(ctx, d, scanInstallation, "SELECT "+installationColumns+" FROM installations WHERE organisation = ? ORDER BY folded, id LIMIT ?",
		organisation, api.MaxSites)
	if err != nil || len(list) == 0 {
		return list, err
	}
	seen, err := sightings(ctx, d, "i.organisation = ?", organisation)
	for n := range list {
		list[n].Bundles = seen[list[n].ID]
	}
	return list, err
}

// Installation reads one installation.
func Installation(ctx context.Context, d db.Querier, id int64) (api.Installed, error) {
	i, err := scanInstallation(d.QueryRowContext(ctx, "SELECT "+installationColumns+" FROM installations WHERE id = ?", id))
	if err != nil {
		return i, err
	}
	seen, err := sightings(ctx, d, "i.id = ?", id)
	i.Bundles = seen[id]
	return i, err
}

// sightings are the last bundles of installations, by the installation's ID.
func sightings(ctx context.Context, d db.Querier, which string, arg int64) (map[int64][]api.Sighted, error) {
	seen := map[int64][]api.Sighted{}
	_, err := db.All(ctx, d, func(row db.Scanner) (id int64, err error) {
		var at int64
		var s api.Sighted
		err = row.Scan(&id, &s.Ticket, &s.Bundle, &s.ProductVersion, &at)
		s.At = db.Moment(at)
		if len(seen[id]) < api.MaxSighted {
			seen[id] = append(seen[id], s)
		}
		return id, err
	}, `SELECT s.installation, s.ticket, s.bundle, s.product_version, s.seen
		FROM installations i JOIN sightings s ON s.installation = i.id WHERE `+which+` ORDER BY s.seen DESC, s.bundle`, arg)
	return seen, err
}

// AddInstallation adds i to its organisation and gives its ID; one too many is ErrInUse.
func AddInstallation(ctx context.Context, tx *db.Tx, i api.Installed, now time.Time) (int64, error) {
	if err := room(ctx, tx, "installations", i.Organisation, api.MaxSites); err != nil {
		return 0, err
	}
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO installations (version, organisation, product, folded, product_version, place, note, updated)
		VALUES (1, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		i.Organisation, i.Product, fold(i.Product), i.ProductVersion, i.Where, i.Note, db.Micros(now)).Scan(&id)
	return id, db.Own(err)
}

// ChangeInstallation writes i over the one with its ID and version; it stays with its organisation.
func ChangeInstallation(ctx context.Context, tx *db.Tx, i api.Installed, now time.Time) error {
	r, err := tx.ExecContext(ctx, `UPDATE installations SET version = version + 1, product = ?, folded = ?, product_version = ?,
		place = ?, note = ?, updated = ? WHERE id = ? AND version = ?`,
		i.Product, fold(i.Product), i.ProductVersion, i.Where, i.Note, db.Micros(now), i.ID, i.Version)
	return db.Changed(ctx, tx, "installations", i.ID, r, err)
}

// DeleteInstallation deletes one and takes the links of tickets to it.
func DeleteInstallation(ctx context.Context, tx *db.Tx, id, version int64) error {
	r, err := tx.ExecContext(ctx, "DELETE FROM installations WHERE id = ? AND version = ?", id, version)
	if err := db.Changed(ctx, tx, "installations", id, r, err); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE tickets SET installation = NULL WHERE installation = ?", id)
	return err
}

// ErrSame says that nothing had to be changed.
var ErrSame = errors.New("nothing new")

// Saw notes which version an installation has, "" for one that is not known.
// The same as before is ErrSame.
func Saw(ctx context.Context, tx *db.Tx, id int64, productVersion string, now time.Time) error {
	if productVersion == "" {
		return ErrSame
	}
	err := db.One(tx.ExecContext(ctx, `UPDATE installations SET version = version + 1, product_version = ?, updated = ?
		WHERE id = ? AND product_version <> ?`, productVersion, db.Micros(now), id, productVersion))
	if errors.Is(err, db.ErrNotFound) {
		return ErrSame
	}
	return err
}

// SawBundle notes that a bundle came from an installation, and forgets all but the last ones.
func SawBundle(ctx context.Context, tx *db.Tx, id int64, s api.Sighted) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sightings (installation, bundle, ticket, product_version, seen) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (installation, bundle) DO NOTHING`, id, s.Bundle, s.Ticket, s.ProductVersion, db.Micros(s.At))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM sightings WHERE installation = ? AND bundle NOT IN
		(SELECT bundle FROM sightings WHERE installation = ? ORDER BY seen DESC, bundle LIMIT ?)`, id, id, api.MaxSighted)
	return err
}
