package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/mail/intake"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

const desk = "support@example.com"

var key = thread.Key("the key of these tests")

// house takes mails, with time that a test moves.
type house struct {
	*intake.Intake
	t     *testing.T
	store *store.Store
	cases *cases.Cases
	cfg   intake.Config
	at    time.Time
	mails int
}

// each runs test on both databases. Example Ltd is a customer with the domain
// customer.example; adm is its system administrator. A vendor is another.
func each(t *testing.T, test func(h *house), change ...func(*intake.Config)) {
	t.Helper()
	dbtest.EachSource(t, func(t *testing.T, source string) {
		h := &house{t: t, at: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
		var err error
		if h.store, err = store.Open(t.Context(), t.TempDir(), store.Options{Database: source}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := h.store.Close(); err != nil {
				t.Error(err)
			}
		})
		h.cases = cases.New(cases.Config{Store: h.store, Now: h.now, TokenTTL: time.Hour})
		h.cfg = intake.Config{Store: h.store, Cases: h.cases, Key: key, Desk: desk, Now: h.now, Language: "en"}
		for _, c := range change {
			c(&h.cfg)
		}
		h.Intake = intake.New(h.cfg)
		h.tx(func(tx *db.Tx) error {
			for i, o := range []api.Organisation{
				{Name: "Example Ltd", Party: api.PartyCustomer, Domains: []string{"customer.example"}, Language: "nl"},
				{Name: "Vendor", Party: api.PartyVendor, Domains: []string{"vendor.example"}},
			} {
				id, err := customers.AddOrganisation(t.Context(), tx, o, h.at)
				if err != nil {
					return err
				}
				if i == 0 {
					_, err = customers.AddContact(t.Context(), tx, api.Contact{Organisation: id, Name: "Ad Min", Mail: "adm@elsewhere.example", Roles: []api.ContactRole{api.ContactAdmin}})
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		test(h)
	})
}

func (h *house) now() time.Time { return h.at }

func (h *house) tx(fn func(tx *db.Tx) error) {
	h.t.Helper()
	if err := h.store.DB().Tx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// mail makes a message; extra fields are whole lines.
func (h *house) mail(from, to, subject, text string, extra ...string) []byte {
	h.mails++
	return fmt.Appendf(nil, "From: %s\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <m%d@%s>\r\n%s\r\n%s\r\n", from, to, subject, h.mails, "example.net",
		strings.Join(append(extra, ""), "\r\n"), text)
}

// take takes a message that has to be taken, or refused, without trouble.
func (h *house) take(raw []byte) intake.Taken {
	h.t.Helper()
	got, err := h.Take(h.t.Context(), raw)
	if err != nil {
		h.t.Fatal(err)
	}
	return got
}

func (h *house) entry(id int64) api.Entry {
	h.t.Helper()
	e, err := tickets.Entry(h.t.Context(), h.store.DB(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

func (h *house) ticket(n int64) api.Ticket {
	h.t.Helper()
	t, err := tickets.Read(h.t.Context(), h.store.DB(), n)
	if err != nil {
		h.t.Fatal(err)
	}
	return t
}

// sent keeps a mail of the desk's to somebody on a ticket.
func (h *house) sent(ticket int64, side thread.Side, id, to string) {
	h.t.Helper()
	h.tx(func(tx *db.Tx) error {
		_, _, err := kept.Add(h.t.Context(), tx, kept.Mail{Mark: []byte(id), Side: string(side), Mail: api.Mail{
			State: api.MailSent, What: api.MailPublic, Ticket: ticket, MessageID: id, Address: to, At: h.at,
		}})
		return err
	})
}

func (h *house) count(table string) (n int) {
	h.t.Helper()
	if err := h.store.DB().QueryRowContext(h.t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// failing is Cases that stop the desk at a moment: the transaction is not kept.
type failing struct {
	intake.Cases
	said, filed bool
}

var errStopped = fmt.Errorf("the desk stopped")

func (f *failing) SaidIn(ctx context.Context, tx *db.Tx, n int64, w cases.Word) (api.Added, error) {
	if f.said {
		return api.Added{}, errStopped
	}
	return f.Cases.SaidIn(ctx, tx, n, w)
}

func (f *failing) FileIn(ctx context.Context, tx *db.Tx, t tickets.Filing, by api.Actor) (api.CreatedTicket, error) {
	if f.filed {
		return api.CreatedTicket{}, errStopped
	}
	return f.Cases.FileIn(ctx, tx, t, by)
}

var sam = rule.Who{Actor: api.Actor{Kind: api.ActorStaff, Name: "sam"}, Name: "Sam"}

// close ends a ticket as it was long ago.
func (h *house) close(t api.Ticket) {
	h.t.Helper()
	h.tx(func(tx *db.Tx) error { return tickets.Write(h.t.Context(), tx, &t, h.at) })
}
