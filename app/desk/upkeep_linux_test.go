package desk

import (
	"net/http"
	"path"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/retention"
	"github.com/beistand/beistand/app/desk/store/db"
)

// TestUpkeep: a desk with a scanner gives out what that called clean, and one with rules deletes.
func TestUpkeep(t *testing.T) {
	for command, want := range map[string]int{"true": http.StatusOK, "false": http.StatusForbidden} {
		t.Run(command, func(t *testing.T) {
			h := open(t, func(c *Config) { c.Scan = []string{command} })
			made := h.ticket()
			at := h.create(made, []byte("content"))
			if status, _, body := h.patch(at, made.Token, 0, []byte("content")); status != http.StatusNoContent {
				t.Fatalf("patch: %d %s", status, body)
			}
			until(t, "it is scanned", func() bool {
				status, _, _ := h.do("GET", api.BundlePath(made.Ticket.Number, path.Base(at)), made.Token, nil)
				return status == want
			})
		})
	}
	t.Run("rules", func(t *testing.T) {
		h := open(t)
		made := h.ticket()
		at := h.create(made, []byte("content"))
		if status, _, body := h.patch(at, made.Token, 0, []byte("content")); status != http.StatusNoContent {
			t.Fatalf("patch: %d %s", status, body)
		}
		if err := h.store.DB().Tx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.ExecContext(t.Context(), "UPDATE tickets SET state = 'closed', closed = ?", db.Micros(h.clock.now().AddDate(0, 0, -91)))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := h.stop(); err != nil {
			t.Fatal(err)
		}
		again := reopen(t, h, func(c *Config) {
			c.Dir, c.Retention = h.cfg.Dir, []retention.Rule{{What: retention.Bundles, Days: 90}}
		})
		until(t, "the rule was gone through", func() bool {
			ticket, err := again.client(made.Token).Ticket(t.Context(), made.Ticket.Number)
			return err == nil && len(ticket.Bundles) == 0 && len(ticket.Tombstones) == 1
		})
	})
}
