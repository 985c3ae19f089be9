package desk

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// TestListenersApart: a customer who listens very often keeps no staff from their ticket.
func TestListenersApart(t *testing.T) {
	var l listeners
	for range maxListeners {
		if l.join(7, forCustomer) == nil {
			t.Fatal("turned away")
		}
	}
	if l.join(7, forCustomer) != nil {
		t.Error("one customer's more is let in")
	}
	if l.join(7, forStaff) == nil {
		t.Error("staff are turned away")
	}
}

// said is a log that remembers.
type said struct {
	mu   sync.Mutex // guards text
	text strings.Builder
}

func (h *said) Printf(format string, args ...any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.text.WriteString(strings.TrimSpace(fmt.Sprintf(format, args...)) + "\n")
}

func (h *said) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.String()
}

// TestExportOfAltered: an export that ends where somebody has altered the journal
// says so where the desk's people look.
func TestExportOfAltered(t *testing.T) {
	var log said
	h := open(t, func(c *Config) { c.Log = &log })
	if err := h.hire("ada", "Ada", api.RoleAdministrator); err != nil {
		t.Fatal(err)
	}
	var made api.CreatedTicket
	h.say("POST", api.PathTickets, "", newTicket(), &made)
	if err := h.store.DB().Tx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(t.Context(), "UPDATE journal SET action = 'ticket.closed' WHERE action = 'ticket.filed'")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), "GET", h.URL()+api.PathJournalExport, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+h.tokenOf("ada"))
	if resp, err := http.DefaultClient.Do(req); err == nil { // or it was cut before its header
		_, err := io.Copy(io.Discard, resp.Body)
		if resp.Body.Close(); err == nil {
			t.Error("an altered journal came as if it was whole")
		}
	}
	until(t, "the log says which entry", func() bool {
		return strings.Contains(log.String(), "export journal: the journal's entry")
	})
}
