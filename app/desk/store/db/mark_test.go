package db_test

import (
	"errors"
	"testing"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// A mark is told after the commit, and only then.
func TestMark(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		told := 0
		stop := d.OnMark(func() { told++ })
		for name, test := range map[string]struct {
			fn   func(*db.Tx) error
			want int
		}{
			"marked":     {func(tx *db.Tx) error { tx.Mark(); return nil }, 1},
			"not marked": {func(*db.Tx) error { return nil }, 0},
			"undone":     {func(tx *db.Tx) error { tx.Mark(); return errors.New("no") }, 0},
		} {
			told = 0
			_ = d.Tx(t.Context(), test.fn) // the count tells
			if told != test.want {
				t.Errorf("%s: told %d times", name, told)
			}
		}
		stop()
		told = 0
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { tx.Mark(); return nil }); err != nil || told != 0 {
			t.Errorf("told %d times after the end: %v", told, err)
		}
	})
}
