package mail

import (
	"context"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Fetcher is who fetches from a folder.
type Fetcher struct {
	Holder string // "": nobody
	Beat   int64  // moves while it does
}

// FetcherOf is folder's.
func FetcherOf(ctx context.Context, tx *db.Tx, folder string) (Fetcher, error) {
	if _, err := tx.ExecContext(ctx, "INSERT INTO mail_fetchers (folder, holder, beat) VALUES (?, '', 0) ON CONFLICT (folder) DO NOTHING", folder); err != nil {
		return Fetcher{}, err
	}
	var f Fetcher
	err := tx.QueryRowContext(ctx, "SELECT holder, beat FROM mail_fetchers WHERE folder = ?", folder).Scan(&f.Holder, &f.Beat)
	return f, db.Named(err)
}

// SetFetcher makes holder the one, a beat after f; "" is that nobody is.
// db.ErrNotFound: f is not who is there any more.
func SetFetcher(ctx context.Context, tx *db.Tx, folder string, f Fetcher, holder string) error {
	return db.One(tx.ExecContext(ctx, "UPDATE mail_fetchers SET holder = ?, beat = beat + 1 WHERE folder = ? AND holder = ? AND beat = ?", holder, folder, f.Holder, f.Beat))
}
