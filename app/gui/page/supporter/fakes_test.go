//go:build !headless

package supporter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/app/gui/theme"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/pixel"
)

// fakeEvidence is a bundle in memory.
type fakeEvidence struct {
	files map[string][]byte
	m     bundle.Manifest

	mu     sync.Mutex // guards closed
	closed bool
}

func (e *fakeEvidence) Manifest() bundle.Manifest { return e.m }

func (e *fakeEvidence) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	return nil
}

func (e *fakeEvidence) isClosed() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.closed
}

func (e *fakeEvidence) OpenFile(path string) (io.ReadCloser, error) {
	data, ok := e.files[path]
	if !ok {
		return nil, fmt.Errorf("open %q: %w", path, fs.ErrNotExist)
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

func sample() *fakeEvidence {
	var log strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&log, "2026-05-04 09:%02d:%02d faktura[4711]: job %d written to queue\n", i/60%60, i%60, i)
		if i%500 == 250 {
			fmt.Fprintf(&log, "2026-05-04 09:%02d:%02d faktura[4711]: ERROR printer HP-4200 does not answer, job %d stays\n", i/60%60, i%60, i)
		}
	}
	e := &fakeEvidence{files: map[string][]byte{
		"logs/faktura.log": []byte(log.String()),
		"system/host.json": []byte(`{"hostname":"buero-pc-7","uptime_seconds":93784}`),
	}}
	e.m = bundle.Manifest{
		Host: "buero-pc-7", OS: "linux", Arch: "amd64", Tool: "beistand 0.1.0", Created: time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC),
		Files: []bundle.File{
			{Path: "system/host.json", Title: "Computer", Collector: "host", MediaType: "application/json", Size: int64(len(e.files["system/host.json"]))},
			{Path: "logs/faktura.log", Title: "Log file", Source: "/var/log/faktura.log", Collector: "log", MediaType: "text/plain", Size: int64(log.Len())},
		},
		LeftOut: []bundle.LeftOut{{Path: "screens/1.png", Title: "Screenshot", Why: "left out by the customer"}},
	}
	return e
}

// fakeDesk is a desk and a customer's program in memory.
type fakeDesk struct {
	mu    sync.Mutex // guards marks and asked
	marks []api.SessionMark
	asked []api.NewSession

	records map[string][]byte

	base     string
	all      []api.Ticket
	evidence *fakeEvidence
	findings page.Findings
	events   chan api.Event
	watch    func(context.Context, page.Watching) (session.End, error)
}

func (d *fakeDesk) SignIn(_ context.Context, user, password string) (api.SignedIn, error) {
	if password != "right" {
		return api.SignedIn{}, &client.Error{Status: 401, Kind: api.KindUnauthorized, Message: "name or password is wrong"}
	}
	return api.SignedIn{Token: "t", User: user, Name: "Miriam Vogel", Organisation: "Faktura Service GmbH"}, nil
}

func (d *fakeDesk) SignOut(context.Context) error { return nil }

func (d *fakeDesk) Tickets(_ context.Context, q api.TicketQuery) (found []api.Ticket, err error) {
	for _, t := range d.all {
		if strings.Contains(t.Title, q.Text) {
			found = append(found, t)
		}
	}
	return found, nil
}

func (d *fakeDesk) Ticket(_ context.Context, number int64) (api.Ticket, error) {
	for _, t := range d.all {
		if t.Number == number {
			return t, nil
		}
	}
	return api.Ticket{}, &client.Error{Status: 404, Kind: api.KindNotFound, Message: "no such ticket"}
}

func (d *fakeDesk) Events(ctx context.Context, _ int64, event func(api.Event)) error {
	for {
		select {
		case e := <-d.events:
			event(e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (d *fakeDesk) AskSession(_ context.Context, number int64, n api.NewSession) (api.Session, error) {
	d.mu.Lock()
	d.asked = append(d.asked, n)
	d.mu.Unlock()
	now := time.Now()
	return api.Session{
		ID: "s1", Ticket: number, Supporter: "Miriam Vogel", FirstPart: "482", Rights: n.Rights, Role: n.Role,
		Asked: now, Expires: now.Add(api.SessionCodeTTL),
	}, nil
}

func (d *fakeDesk) Record(_ context.Context, id string) ([]byte, error) {
	text, ok := d.records[id]
	if !ok {
		return nil, &client.Error{Status: 404, Kind: api.KindNotFound, Message: "no such session"}
	}
	return text, nil
}

func (d *fakeDesk) MarkSession(_ context.Context, _ string, m api.SessionMark) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.marks = append(d.marks, m)
	return nil
}

func (d *fakeDesk) marked() []api.SessionMark {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]api.SessionMark(nil), d.marks...)
}

func (d *fakeDesk) Fetch(_ context.Context, _ int64, b api.Bundle, progress func(done, total int64)) (page.Evidence, error) {
	progress(b.Size/2, b.Size)
	if d.evidence == nil {
		return nil, errors.New("no evidence")
	}
	return d.evidence, nil
}

func (d *fakeDesk) Watch(ctx context.Context, w page.Watching) (session.End, error) {
	return d.watch(ctx, w)
}

func cases() []api.Ticket {
	at := time.Now().Add(-42 * time.Minute)
	started, ended := at.Add(20*time.Minute), at.Add(24*time.Minute)
	return []api.Ticket{
		{
			Number: 10043, Title: "Nothing works since the update", Priority: api.Critical, Product: "Faktura 7", Name: "Jana Brandt", Contact: "jana@example.org",
			Description: "After last night's update the program closes at once.", Language: "de", State: "new", Created: at,
			Bundles:  []api.Bundle{{ID: "b1", Size: 900_000, Created: at}},
			Sessions: []api.Session{{ID: "s0", Supporter: "Miriam Vogel", Asked: started, Consented: &started, Started: &started, Ended: &ended, EndedBy: "customer"}},
		},
		{Number: 10042, Title: "Invoices do not print", Priority: api.High, Product: "Faktura 7", Name: "Piet de Vries", State: "new", Created: at.Add(-3 * time.Hour)},
		{Number: 10041, Title: "A very long title that somebody typed who wanted to tell the whole story in it, with the printer, the network and the weather", Priority: api.Normal, Product: "Lager 3", Name: "Aylin Yılmaz", State: "new", Created: at.Add(-50 * time.Hour)},
		{Number: 10040, Title: "Could the list be sorted by date?", Priority: api.Low, Name: "Ben Ortiz", State: "new", Created: at.Add(-200 * time.Hour)},
	}
}

// start opens the supporter's window at the sign-in.
func start(t *testing.T, d *fakeDesk) (*pagetest.Person, *Flow) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Calm{})
	d.events = make(chan api.Event)
	w := a.NewWindow("")
	p := pagetest.New(t, w)
	scope := page.NewScope(t.Context(), p.Do)
	who := Who()
	frame := page.NewFrame(w, scope, who, func(err error) { t.Log("logged:", err) })
	w.Resize(fyne.NewSize(1180, 760))
	flow := New(frame, who, Config{
		Account:  page.Account{Desk: "https://desk.example.org"},
		Findings: d.findings,
		Dial: func(base string) (page.StaffDesk, error) {
			d.base = base
			return d, nil
		},
	})
	t.Cleanup(func() {
		scope.End()
		scope.Wait()
		p.Drain()
	})
	return p, flow
}

// signIn goes to the tickets.
func signIn(p *pagetest.Person) {
	p.T.Helper()
	p.Type("User name", "miriam")
	p.Type("Password", "right")
	p.Tap("Sign in")
	p.See("Faktura Service GmbH")
}

// screen is a customer's screen.
func screen(w, h int) *pixel.Bitmap {
	m := pixel.New(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = uint32(60+i%w*120/w) * 0x10101
	}
	return m
}

func TestMain(m *testing.M) {
	if _, err := page.Speak("en"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
