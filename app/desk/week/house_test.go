package week

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	netmail "net/mail"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/mail"
	"github.com/beistand/beistand/app/desk/mail/outbox"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/people"
)

const (
	supporters  = 20 // s00 to s19
	dispatchers = 3  // d0 to d2; with an editor and an administrator they are twenty-five
	address     = "support@example.com"
)

// house is the desk, who works at it, and what the script has counted.
type house struct {
	t      *testing.T
	dir    string
	source string
	url    string
	stop   func()
	post   *post
	staff  map[string]*client.Client
	book   book
	wrong  []string // numbers, when they were looked at last
}

func open(t *testing.T, source string) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir(), source: source, post: startPost(t), staff: map[string]*client.Client{}, book: book{all: map[int64]*kept{}}}
	tokens := h.hire()
	out, err := outbox.Parse("smtp://"+h.post.address, "", nil)
	h.must(err)
	d, err := desk.New(desk.Config{
		Dir: h.dir, Database: source, Listen: "127.0.0.1:0", BehindProxy: true, Organisation: "Example Care", Version: "test", Log: said{t},
		URL: "https://desk.example.com", Mail: mail.Settings{From: netmail.Address{Name: "Example Care", Address: address}, Out: &out},
	})
	h.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.Serve(ctx) }()
	h.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("stop the desk: %v", err)
		}
	})
	t.Cleanup(h.stop)
	h.url = d.URL()
	for name, token := range tokens {
		h.staff[name] = h.client(token, 1)
	}
	return h
}

// said is what the desk logs.
type said struct{ t testing.TB }

func (s said) Printf(format string, args ...any) { s.t.Logf("desk: "+format, args...) }

// hire makes the team and signs everybody in.
func (h *house) hire() map[string]string {
	h.t.Helper()
	s, err := store.Open(h.t.Context(), h.dir, store.Options{Database: h.source})
	h.must(err)
	roles := map[string]api.Role{"editor": api.RoleEditor, "admin": api.RoleAdministrator}
	for i := range supporters {
		roles[supporter(i)] = api.RoleStaff
	}
	for i := range dispatchers {
		roles[fmt.Sprintf("d%d", i)] = api.RoleDispatcher
	}
	tokens, now := map[string]string{}, time.Now()
	for name, role := range roles {
		h.must(s.DB().Tx(h.t.Context(), func(tx *db.Tx) error {
			return people.Add(h.t.Context(), tx, api.NewStaff{User: name, Name: "Staff " + name, Roles: []api.Role{role}}, "", now)
		}))
		tokens[name], err = s.People().AddStaffToken(h.t.Context(), name, now, now.Add(time.Hour))
		h.must(err)
	}
	h.must(s.Close())
	return tokens
}

func supporter(i int) string { return fmt.Sprintf("s%02d", i%supporters) }

// client is somebody with a token, at an address of their own.
func (h *house) client(token string, from int) *client.Client {
	h.t.Helper()
	base := http.DefaultTransport.(*http.Transport).Clone()
	c, err := client.New(h.url, client.Options{Token: token, HTTP: &http.Client{Transport: proxied{base, fmt.Sprintf("198.51.%d.%d", from/250, from%250+1)}}})
	h.must(err)
	h.t.Cleanup(base.CloseIdleConnections)
	return c
}

// proxied is a client behind the proxy that the desk trusts.
type proxied struct {
	next http.RoundTripper
	from string
}

func (p proxied) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", p.from)
	return p.next.RoundTrip(r)
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// each does fn for 0 to n-1, several at once as a team does.
func (h *house) each(n int, fn func(i int) error) {
	h.t.Helper()
	errs := make([]error, n)
	var all sync.WaitGroup
	next := make(chan int)
	for range 4 {
		all.Go(func() {
			for i := range next {
				errs[i] = fn(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
	h.must(errors.Join(errs...))
}

// within waits for what happens by itself.
func (h *house) within(what string, is func() bool) {
	h.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(time.Minute); !is(); {
		select {
		case <-tick.C:
		case <-end:
			h.t.Fatalf("did not happen: %s", what)
		}
	}
}

// change changes a ticket as it is now.
func (h *house) change(by string, number int64, c api.TicketChange) (api.Ticket, error) {
	t, err := h.staff[by].Ticket(h.t.Context(), number)
	if err != nil {
		return t, err
	}
	c.Version = t.Version
	return h.staff[by].ChangeTicket(h.t.Context(), number, c)
}

// entries are a ticket's, the oldest first.
func (h *house) entries(number int64) []api.Entry {
	h.t.Helper()
	l, err := h.staff["admin"].Timeline(h.t.Context(), number, 0, 0, 200)
	h.must(err)
	return l.Entries
}

// refused demands that something is.
func (h *house) refused(what string, err error, kind api.ErrorKind) {
	h.t.Helper()
	if client.KindOf(err) != kind {
		h.t.Errorf("%s: %v, want %s", what, err, kind)
	}
}
