package backup

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// release makes the dumps of a release, which are kept for ever and never made
// anew (TestReleased in store/db); the number is that of its last migration:
//
//	go test ./app/desk/backup -run TestDump -release 0019
var release = flag.String("release", "", "the number by which the dumps of this program's tables are kept")

// TestDump: what a release's dump keeps is all that a desk has.
func TestDump(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			h := newHouse(t, engine)
			h.fill()
			h.fillPassing()
			dump := dbtest.Dump(t, h.source)
			again := houseAt(t, h.Dir, dbtest.Load(t, engine, dump))
			want, got := rows(t, h.backup()), rows(t, again.backup())
			for name := range want {
				if !slices.Equal(got[name], want[name]) {
					t.Errorf("%s:\n%q\nwas\n%q", name, got[name], want[name])
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d tables, were %d", len(got), len(want))
			}
			if *release != "" {
				keep(t, filepath.Join("..", "store", "db", "testdata", "released", string(engine)+"-"+*release+".sql"), dump)
			}
		})
	}
}

// fillPassing puts rows where a backup does not look.
func (h *house) fillPassing() {
	h.t.Helper()
	now := time.Now()
	u, err := h.Store.CreateUpload(h.t.Context(), store.Upload{Ticket: 1, Name: "half.zip", Size: 10, SHA256: strings.Repeat("0", 64), Expires: now.Add(time.Hour)}, now)
	if err == nil {
		_, err = h.Store.Append(h.t.Context(), u, strings.NewReader("half."), nil, u.Expires)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	err = h.Store.DB().Tx(h.t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(h.t.Context(), "INSERT INTO acme_cache (directory, name, content) VALUES ('d', 'desk.example.com', ?)", []byte{0, 1, 0xff})
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// keep writes a dump that is not there yet.
func keep(t *testing.T, path, dump string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(dump); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
