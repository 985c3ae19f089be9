package people

import (
	"context"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
)

// placeFor is how long it is remembered from where somebody has signed in.
const placeFor = 90 * 24 * time.Hour

// rememberPlace keeps that a member of staff has signed in from there.
func rememberPlace(ctx context.Context, tx *db.Tx, staff, source string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO staff_places (staff, source, used) VALUES (?, ?, ?)
		ON CONFLICT (staff, source) DO UPDATE SET used = excluded.used`, staff, source, db.Micros(now))
	return err
}

// HasComeFrom says whether the member of staff of that name has signed in from there lately.
func HasComeFrom(ctx context.Context, q db.Querier, name, source string, now time.Time) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, "SELECT count(*) FROM staff_places p JOIN staff s ON s.name = p.staff WHERE s.name = ? AND p.source = ? AND p.used > ?",
		name, source, db.Micros(now.Add(-placeFor))).Scan(&n)
	return n > 0, db.Named(err)
}
