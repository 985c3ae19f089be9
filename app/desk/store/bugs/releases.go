package bugs

import (
	"context"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const releaseColumns = "id, version, product, release, day, notes"

func scanRelease(row db.Scanner) (api.Release, error) {
	var r api.Release
	var notes string
	if err := row.Scan(&r.ID, &r.Version, &r.Product, &r.Release, &r.Date, &notes); err != nil {
		return r, db.Named(err)
	}
	return r, unpack(notes, &r.Notes)
}

// Releases are a product's, or all, the last published first.
func Releases(ctx context.Context, d db.Querier, product string, limit int) ([]api.Release, error) {
	query, args := "SELECT "+releaseColumns+" FROM releases", []any{}
	if product != "" {
		query, args = query+" WHERE folded = ?", append(args, Fold(product))
	}
	list, err := db.All(ctx, d, scanRelease, query+" ORDER BY day DESC, id DESC LIMIT ?", append(args, limit)...)
	for i := range list {
		if err == nil {
			list[i].Fixes, err = fixes(ctx, d, list[i].ID)
		}
	}
	return list, err
}

// Release reads one.
func Release(ctx context.Context, d db.Querier, id int64) (api.Release, error) {
	r, err := scanRelease(d.QueryRowContext(ctx, "SELECT "+releaseColumns+" FROM releases WHERE id = ?", id))
	if err != nil {
		return r, err
	}
	r.Fixes, err = fixes(ctx, d, id)
	return r, err
}

func fixes(ctx context.Context, d db.Querier, release int64) ([]int64, error) {
	return db.All(ctx, d, db.Value[int64], "SELECT bug FROM release_bugs WHERE release = ? ORDER BY bug", release)
}

// AddRelease keeps r and gives its ID. A version that its product has is db.ErrExists.
func AddRelease(ctx context.Context, tx *db.Tx, r api.Release) (int64, error) {
	notes, err := pack(r.Notes)
	if err != nil {
		return 0, err
	}
	var id int64
	err = tx.QueryRowContext(ctx, "INSERT INTO releases (version, product, folded, release, day, notes) VALUES (1, ?, ?, ?, ?, ?) RETURNING id",
		r.Product, Fold(r.Product), r.Release, r.Date, notes).Scan(&id)
	if db.Unique(err) {
		return 0, db.ErrExists
	}
	if err != nil {
		return 0, db.Named(err)
	}
	return id, setFixes(ctx, tx, id, r.Fixes)
}

// ChangeRelease writes r over the one with its ID and version.
func ChangeRelease(ctx context.Context, tx *db.Tx, r api.Release) error {
	notes, err := pack(r.Notes)
	if err != nil {
		return err
	}
	res, err := tx.ExecContext(ctx, `UPDATE releases SET version = version + 1, product = ?, folded = ?, release = ?, day = ?, notes = ?
		WHERE id = ? AND version = ?`, r.Product, Fold(r.Product), r.Release, r.Date, notes, r.ID, r.Version)
	if err := db.Changed(ctx, tx, "releases", r.ID, res, err); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM release_bugs WHERE release = ?", r.ID); err != nil {
		return err
	}
	return setFixes(ctx, tx, r.ID, r.Fixes)
}

func setFixes(ctx context.Context, tx *db.Tx, release int64, bugs []int64) error {
	for _, bug := range bugs {
		if _, err := tx.ExecContext(ctx, "INSERT INTO release_bugs (release, bug) VALUES (?, ?)", release, bug); err != nil {
			return err
		}
	}
	return nil
}

// DeleteRelease deletes one; its bugs stay as they are.
func DeleteRelease(ctx context.Context, tx *db.Tx, id, version int64) error {
	r, err := tx.ExecContext(ctx, "DELETE FROM releases WHERE id = ? AND version = ?", id, version)
	return db.Changed(ctx, tx, "releases", id, r, err)
}
