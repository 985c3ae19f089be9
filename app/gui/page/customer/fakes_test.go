//go:build !headless

package customer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/app/gui/theme"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
	"github.com/beistand/beistand/diag/revise"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
)

// evidence is a bundle in memory.
type fakeEvidence struct {
	files  map[string][]byte
	m      bundle.Manifest
	closed bool
}

func (e *fakeEvidence) Manifest() bundle.Manifest { return e.m }
func (e *fakeEvidence) Close() error              { e.closed = true; return nil }

func (e *fakeEvidence) OpenFile(path string) (io.ReadCloser, error) {
	data, ok := e.files[path]
	if !ok {
		return nil, fmt.Errorf("open %q: %w", path, fs.ErrNotExist)
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

func (e *fakeEvidence) add(title, path, media, cut string, data []byte) {
	e.files[path] = data
	e.m.Files = append(e.m.Files, bundle.File{Path: path, Title: title, Collector: path, MediaType: media, Size: int64(len(data)), Cut: cut})
}

func sample() *fakeEvidence {
	e := &fakeEvidence{files: map[string][]byte{}}
	e.m.Host, e.m.OS, e.m.Arch, e.m.Tool, e.m.Created = "buero-pc-7", "linux", "amd64", "beistand 0.1.0", time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)
	e.add("Computer", "system/host.json", "application/json", "", []byte(`{"hostname":"buero-pc-7","os":"linux","platform":"debian 13","uptime_seconds":93784,"kernel":"6.12.1"}`))
	e.add("Memory", "system/memory.json", "application/json", "", []byte(`{"total_bytes":16777216000,"used_percent":64.2}`))
	e.add("Processes", "system/processes.json", "application/json", "", []byte(`{"processes":[{"name":"firefox","cpu_percent":14.2}]}`))
	var log strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&log, "2026-05-04 09:%02d:%02d faktura[%d]: job %d written to queue\n", i/60%60, i%60, 4711, i)
		if i%500 == 250 {
			fmt.Fprintf(&log, "2026-05-04 09:%02d:%02d faktura[%d]: ERROR printer HP-4200 does not answer: timeout after 30 s, job %d stays in the queue and will be tried again in five minutes\n", i/60%60, i%60, 4711, i)
		}
	}
	e.add("Log file", "logs/faktura.log", "text/plain", "the first 1.9 GB are left out", []byte(log.String()))
	e.m.Files[len(e.m.Files)-1].Source = "/var/log/faktura/faktura.log"
	m := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for y := range 200 {
		for x := range 320 {
			c := color.RGBA{40, uint8(80 + y/20), uint8(90 + x/20), 255}
			if x > 50 && x < 220 && y > 40 && y < 150 {
				c = color.RGBA{245, 245, 245, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	var shot bytes.Buffer
	if err := png.Encode(&shot, m); err != nil {
		panic(err)
	}
	e.add("Screenshot", "screens/1.png", "image/png", "", shot.Bytes())
	e.m.Collectors = []bundle.Outcome{{Name: "journal", Title: "System log", State: bundle.Failed, Error: "you may not read the system's journal"}}
	return e
}

// fakes is everything that the flow asks of the rest of the program.
type fakes struct {
	mu      sync.Mutex // guards what tests look at
	draft   api.NewTicket
	changes revise.Changes
	sample  *fakeEvidence // what is collected; nil: sample()
	reports []page.Report
	saved   []page.Draft

	names      *redact.Names
	question   *page.Question
	answered   []bool        // each time that collecting began
	collecting chan struct{} // closed when collecting is over
	findings   page.Findings
	glance     time.Duration
	soFar      *fakeEvidence // nil: it cannot be opened
	noPhone    bool          // the profile names no number
	sendError  error
	sending    chan struct{} // closed when sending may go on
	events     chan api.Event
	sights     []page.Sight
	cannot     map[rights.Right]page.Lack
	hotkey     string
	only       []string                  // what was collected last; guarded by mu
	records    map[string][]record.Entry // guarded by mu
	revealed   chan string
	host       func(ctx context.Context, s api.Session, a page.Audience) (session.End, error)
}

func (f *fakes) Collect(ctx context.Context, all bool, only []string, report func(diag.Progress)) (page.Evidence, error) {
	f.mu.Lock()
	f.only = only
	f.answered = append(f.answered, all)
	f.mu.Unlock()
	states := []string{"ok", "ok", "running", "waiting", "waiting"}
	for i, title := range []string{"Computer", "Memory", "Processes", "System log", "Screenshot"} {
		report(diag.Progress{Name: title, Title: title, State: states[i], Total: 5})
	}
	select {
	case <-f.collecting:
	case <-ctx.Done():
		return sample(), ctx.Err()
	}
	for _, title := range []string{"Computer", "Memory", "Processes", "System log", "Screenshot"} {
		report(diag.Progress{Name: title, Title: title, State: "ok", Done: 5, Total: 5})
	}
	if f.sample != nil {
		return f.sample, nil
	}
	return sample(), nil
}

func (f *fakes) Revise(e page.Evidence, c revise.Changes) *revise.Revision {
	return revise.New(e, revise.Table{Names: f.names}, c)
}

func (f *fakes) SoFar() (page.Evidence, error) {
	if f.soFar == nil {
		return nil, errors.New("nothing yet")
	}
	return f.soFar, nil
}

func (f *fakes) Send(ctx context.Context, r page.Report, progress func(page.Sent)) (api.CreatedTicket, error) {
	f.mu.Lock()
	f.reports = append(f.reports, r)
	err := f.sendError
	f.mu.Unlock()
	progress(page.Sent{Step: page.Filing})
	progress(page.Sent{Step: page.Uploading, Done: 3_400_000, Total: 8_800_000})
	select {
	case <-f.sending:
	case <-ctx.Done():
		return api.CreatedTicket{}, ctx.Err()
	}
	if err != nil {
		return api.CreatedTicket{}, err
	}
	return api.CreatedTicket{Ticket: api.Ticket{Number: 10042}, Token: "secret"}, nil
}

func (f *fakes) Listen(ctx context.Context, _ api.CreatedTicket, event func(api.Event)) error {
	for {
		select {
		case e := <-f.events:
			event(e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (f *fakes) Save(context.Context, string, page.Report) error { return errors.New("no") }

func (f *fakes) Host(ctx context.Context, _ api.CreatedTicket, s api.Session, a page.Audience) (session.End, error) {
	return f.host(ctx, s, a)
}

func (f *fakes) Sights(context.Context) ([]page.Sight, error) { return slices.Clone(f.sights), nil }
func (f *fakes) Cannot() map[rights.Right]page.Lack           { return f.cannot }
func (f *fakes) Hotkey() string                               { return f.hotkey }

func (f *fakes) Told(path string) ([]record.Entry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, ok := f.records[path]
	if !ok {
		return nil, fmt.Errorf("read %q: %w", path, fs.ErrNotExist)
	}
	return slices.Clone(all), nil
}

// drafts is apart because its Save has another form.
type drafts struct{ *fakes }

func (d drafts) Load() (page.Draft, error) {
	return page.Draft{Ticket: d.draft, Changes: d.changes}, nil
}

func (d drafts) Save(t page.Draft) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.saved = append(d.saved, t)
	return nil
}

func (f *fakes) sent() []page.Report {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]page.Report(nil), f.reports...)
}

func (f *fakes) kept() []page.Draft {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]page.Draft(nil), f.saved...)
}

func (f *fakes) answers() []bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]bool(nil), f.answered...)
}

// invitation is what the desk tells when a supporter asks.
func invitation() api.Event {
	now := time.Now()
	return api.Event{Kind: "session", Session: &api.Session{
		ID: "s1", Ticket: 10042, Supporter: "Miriam Vogel", Organisation: "Faktura Service GmbH", FirstPart: "482",
		Asked: now, Expires: now.Add(api.SessionCodeTTL),
	}}
}

var unreachable = &client.Unreachable{Desk: "https://desk.example.org", Err: errors.New("connection refused")}

// start opens the customer's window at the first page.
func start(t *testing.T, f *fakes) (*pagetest.Person, *Flow) {
	t.Helper()
	return startWith(t, f, nil, nil)
}

// startWith has a desk that knows and wants something, too.
func startWith(t *testing.T, f *fakes, advice page.Advice, requests page.Requests) (*pagetest.Person, *Flow) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Calm{})
	if f.collecting == nil {
		f.collecting = make(chan struct{})
		close(f.collecting)
	}
	if f.sending == nil {
		f.sending = make(chan struct{})
		close(f.sending)
	}
	f.events = make(chan api.Event)
	if f.draft.ID == "" {
		f.draft = api.NewTicket{ID: "11111111-1111-4111-8111-111111111111", Priority: api.Normal}
	}
	w := a.NewWindow("")
	p := pagetest.New(t, w)
	scope := page.NewScope(t.Context(), p.Do)
	steps := widget.NewSteps(Names()...)
	frame := page.NewFrame(w, scope, container.NewHBox(steps), func(err error) { t.Log("logged:", err) })
	w.Resize(fyne.NewSize(980, 700))
	phone := "+49 30 5550100"
	if f.noPhone {
		phone = ""
	}
	flow := New(frame, steps, Config{
		Phone: phone, Products: []string{"Faktura 7", "Lager 3"}, ConsentTime: 30 * time.Second,
		Glance: f.glance, Again: time.Millisecond, Question: f.question, Collecting: f, Findings: f.findings, Desk: f, Advice: advice, Requests: requests, Saving: f, Hosting: f, Drafts: drafts{f}, Cleaning: f,
		Reveal: func(_ context.Context, path string) error { f.revealed <- path; return nil },
	})
	t.Cleanup(func() {
		scope.End()
		scope.Wait()
		p.Drain()
	})
	return p, flow
}

func TestMain(m *testing.M) {
	if _, err := page.Speak("en"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
