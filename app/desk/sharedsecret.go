package desk

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/beistand/beistand/app/desk/store/db"
)

// shareSecret makes the secret in this desk's folder the one that all desks of
// the database have: customers know them by one key, and one's credentials for a
// relay hold at the others. The first desk that comes gives its own. A folder
// that has another secret belongs to other desks, and is refused: customers
// would be shown a stranger. SQLite is one desk's.
func shareSecret(ctx context.Context, d *db.DB, dir string) error {
	if d.Kind() != db.PostgreSQL {
		return nil
	}
	path := filepath.Join(dir, secretFile)
	own, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read the desk's secret: %w", err)
	}
	mine, err := hex.DecodeString(strings.TrimSpace(string(own)))
	if err != nil || len(own) > 0 && len(mine) != 32 {
		return fmt.Errorf("read the desk's secret %q: not 64 hex digits", path)
	}
	offered := mine
	if len(own) == 0 {
		offered = make([]byte, 32)
		rand.Read(offered) // never fails (crypto/rand)
	}
	var all []byte
	err = d.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO desk_secrets (name, secret) VALUES ('desk', ?) ON CONFLICT (name) DO NOTHING", offered); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT secret FROM desk_secrets WHERE name = 'desk'").Scan(&all)
	})
	switch {
	case err != nil:
		return fmt.Errorf("share the desks' secret: %w", err)
	case len(own) == 0:
		if err := writeSecret(path, all); err != nil {
			return fmt.Errorf("keep the desks' secret: %w", err)
		}
	case !bytes.Equal(mine, all):
		return fmt.Errorf("the folder %q has another secret than the desks of its database: it belongs to other desks, so give it another folder, or remove its file %q if it was never used", dir, secretFile)
	}
	return nil
}
