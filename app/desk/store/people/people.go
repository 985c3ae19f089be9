// Package people keeps the desk's staff and what opens the desk to whom: passwords, factors, tokens, keys and links.
package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// People are a database's. They are safe for several goroutines.
type People struct {
	db     *db.DB
	hashes slots // of strangers' passwords
	known  slots // of those who have come from there before, and of what staff do
}

// slots guard memory and time: one a password hash that is worked on. Strangers
// have their own, so that many of them keep nobody else waiting.
type slots chan struct{}

// New is for a database whose tables are up to date.
func New(d *db.DB) *People { return &People{db: d, hashes: make(slots, 1), known: make(slots, 1)} }

// DB is the database.
func (p *People) DB() *db.DB { return p.db }

// Staff is a member of staff as everything they do needs them.
type Staff struct {
	Name, DisplayName string
	Roles             []api.Role
	Language          string
}

// newSecret draws 256 bits, and what is kept of them.
func newSecret(prefix string) (secret string, hash []byte) {
	var b [32]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	secret = prefix + base64.RawURLEncoding.EncodeToString(b[:])
	return secret, Hash(secret)
}

// Hash is what is kept of a secret. It needs no salt and no slowness: what is
// hashed has 79 random bits or more.
func Hash(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}

// newID draws 64 bits as hex, for what has a name and no secret.
func newID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

// words are a list as it is kept: with spaces between.
func words[T ~string](list []T) string {
	s := make([]string, len(list))
	for i, w := range list {
		s[i] = string(w)
	}
	return strings.Join(s, " ")
}

func unwords[T ~string](kept string) []T {
	var list []T
	for w := range strings.FieldsSeq(kept) {
		list = append(list, T(w))
	}
	return list
}

// DropExpired deletes what holds no longer.
func (p *People) DropExpired(ctx context.Context, now time.Time) error {
	return p.db.Tx(ctx, func(tx *db.Tx) error {
		for _, table := range []string{"tokens", "signins", "ticket_links"} {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE expires <= ?", db.Micros(now)); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM staff_places WHERE used <= ?", db.Micros(now.Add(-placeFor))); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM api_keys WHERE expires <= ?", db.Micros(now.Add(-keptKeys)))
		return err
	})
}

// keptKeys is how long a key that has expired is still listed.
const keptKeys = 30 * 24 * time.Hour
