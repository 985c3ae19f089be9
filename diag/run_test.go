package diag

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
)

// fake is a collector made of a function.
type fake struct {
	name    string
	collect func(ctx context.Context, s collect.Sink) error
}

func (f fake) Name() string                                      { return f.name }
func (f fake) Title() string                                     { return "Computer" }
func (f fake) Collect(ctx context.Context, s collect.Sink) error { return f.collect(ctx, s) }
func put(s collect.Sink, path, mediaType, content string) (_ error) {
	w, err := s.Create(path, collect.FileInfo{Title: "Log file", MediaType: mediaType})
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, content); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

// good stores one small file.
func good(name string) fake {
	return fake{name, func(_ context.Context, s collect.Sink) error { return put(s, "logs/"+name+".log", "text/plain", name) }}
}

// recorder checks the order of progress as it comes in.
type recorder struct {
	t      *testing.T
	mu     sync.Mutex // held by nobody but report, which must come from one goroutine at a time
	states map[string][]string
	last   Progress
}

func (r *recorder) report(p Progress) {
	if !r.mu.TryLock() {
		r.t.Error("progress came from two goroutines at once")
		return
	}
	defer r.mu.Unlock()
	if r.states == nil {
		r.states = map[string][]string{}
	}
	s := r.states[p.Name]
	if len(s) == 0 || s[len(s)-1] != p.State {
		r.states[p.Name] = append(s, p.State)
	}
	if p.Done < r.last.Done || p.Done > p.Total {
		r.t.Errorf("%d of %d after %d", p.Done, p.Total, r.last.Done)
	}
	r.last = p
}

// verified opens and checks the bundle that a run has left.
func verified(t *testing.T, path string) bundle.Manifest {
	t.Helper()
	r, err := bundle.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r.Manifest()
}

func outcomes(m bundle.Manifest) map[string]bundle.Outcome {
	all := map[string]bundle.Outcome{}
	for _, o := range m.Collectors {
		all[o.Name] = o
	}
	return all
}

// limited gives a collector a limit of its own.
type limited struct {
	collect.Collector
	limit collect.Limit
}

func (l limited) Limit() collect.Limit { return l.limit }

// TestOthersGoOn has collectors that hang, panic, fail and deliver too much beside good ones.
func TestOthersGoOn(t *testing.T) {
	released := make(chan struct{})
	late := make(chan error, 1)
	all := []collect.Collector{
		good("first"),
		fake{"hangs", func(_ context.Context, s collect.Sink) error { // ignores its context too
			w, err := s.Create("logs/hangs.log", collect.FileInfo{MediaType: "text/plain"})
			if err != nil {
				return err
			}
			io.WriteString(w, "before")
			<-released
			_, err = io.WriteString(w, "after")
			if _, cerr := s.Create("logs/late.log", collect.FileInfo{}); cerr == nil {
				err = nil
			}
			late <- err
			return err
		}},
		fake{"stops", func(ctx context.Context, s collect.Sink) error {
			w, _ := s.Create("screens/stops.png", collect.FileInfo{MediaType: "image/png"})
			io.WriteString(w, "half a picture")
			<-ctx.Done()
			return ctx.Err()
		}},
		fake{"panics", func(_ context.Context, s collect.Sink) error {
			put(s, "logs/panics.log", "text/plain", "kept")
			var none []int
			return fmt.Errorf("%d", none[len(none)])
		}},
		fake{"fails", func(context.Context, collect.Sink) error { return errors.New("the thing is\nbroken") }},
		fake{"absent", func(context.Context, collect.Sink) error { return collect.ErrNoScreen }},
		fake{"floods", func(_ context.Context, s collect.Sink) error {
			return put(s, "logs/floods.log", "text/plain", strings.Repeat("x", 3<<20))
		}},
		fake{"floods a picture", func(_ context.Context, s collect.Sink) error {
			return put(s, "screens/floods.png", "image/png", strings.Repeat("x", 3<<20))
		}},
		fake{"climbs", func(_ context.Context, s collect.Sink) error { return put(s, "../x", "text/plain", "x") }},
		good("last"),
	}
	for i, c := range all {
		limit := collect.Limit{Time: time.Minute, Size: 1 << 20}
		if c.Name() == "hangs" || c.Name() == "stops" {
			limit.Time = 50 * time.Millisecond
		}
		all[i] = limited{c, limit}
	}
	path := filepath.Join(t.TempDir(), "case.zip")
	rec := &recorder{t: t}
	m, err := run(t.Context(), path, Options{Profile: BuiltinProfile(), Tool: "beistand 0.1.0"}, all, rec.report)
	if err != nil {
		t.Fatal(err)
	}
	close(released)
	if err := <-late; err == nil {
		t.Error("a collector that was left behind still wrote")
	}
	if got := verified(t, path); len(got.Files) != len(m.Files) || got.Tool != "beistand 0.1.0" || got.Host == "" || got.Profile != "Beistand" {
		t.Errorf("%+v", got)
	}
	for name, want := range map[string]bundle.Outcome{
		"first":            {State: bundle.OK, Files: 1, Bytes: 5},
		"hangs":            {State: bundle.TimedOut, Error: "it took longer than 50ms", Files: 1, Bytes: 6},
		"stops":            {State: bundle.TimedOut, Error: "it took longer than 50ms"},
		"panics":           {State: bundle.Failed, Error: "a mistake in this program stopped it: runtime error: index out of range [0] with length 0", Files: 1, Bytes: 4},
		"fails":            {State: bundle.Failed, Error: "the thing is broken"},
		"absent":           {State: bundle.Skipped, Error: "there is no screen here to take a picture of"},
		"floods":           {State: bundle.Cut, Error: "only the first 1.0 MB are here", Files: 1, Bytes: 1 << 20},
		"floods a picture": {State: bundle.Skipped, Error: "it is larger than allowed"},
		"climbs":           {State: bundle.Failed, Error: `add "../x" to the bundle: it has a part that begins or ends with a space, or ends in a dot`},
		"last":             {State: bundle.OK, Files: 1, Bytes: 4},
	} {
		got := outcomes(*m)[name]
		want.Name, want.Title, want.Milliseconds = name, "Computer", got.Milliseconds
		if got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		if s := rec.states[name]; !slices.Equal(s, []string{Waiting, Running, string(want.State)}) {
			t.Errorf("%s: %v", name, s)
		}
	}
	cuts := map[string]string{}
	for _, f := range m.Files {
		cuts[f.Path] = f.Cut
	}
	if cuts["logs/hangs.log"] != "the rest is missing: it took longer than 50ms" || cuts["logs/floods.log"] != "only the first 1.0 MB are here" {
		t.Errorf("%v", cuts)
	}
	if len(m.LeftOut) != 2 || rec.last.Done != len(all) {
		t.Errorf("left out %+v, done %d", m.LeftOut, rec.last.Done)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var started sync.WaitGroup
	started.Add(atOnce - 1)
	wait := func(ctx context.Context, s collect.Sink) error {
		started.Done()
		<-ctx.Done()
		return ctx.Err()
	}
	all := []collect.Collector{good("first"), fake{"a", wait}, fake{"b", wait}, fake{"c", wait}}
	// The last one runs when the first has ended, and then everything is cancelled.
	all = append(all, fake{"stop", func(context.Context, collect.Sink) error {
		started.Wait()
		cancel()
		return ctx.Err()
	}}, good("never"))
	path := filepath.Join(t.TempDir(), "case.zip")
	m, err := run(ctx, path, Options{Profile: BuiltinProfile()}, all, nil)
	if !errors.Is(err, context.Canceled) || m == nil {
		t.Fatal(m, err)
	}
	if got := verified(t, path); len(got.Files) != 1 {
		t.Errorf("%+v", got)
	}
	for name, o := range outcomes(*m) {
		want := bundle.Cancelled
		if name == "first" {
			want = bundle.OK
		}
		if o.State != want {
			t.Errorf("%+v", o)
		}
	}
}

func TestMaxTime(t *testing.T) {
	hang := func(ctx context.Context, s collect.Sink) error { <-ctx.Done(); return ctx.Err() }
	var all []collect.Collector
	for i := range atOnce {
		all = append(all, fake{fmt.Sprint("hangs", i), hang})
	}
	all = append(all, good("never"))
	path := filepath.Join(t.TempDir(), "case.zip")
	m, err := run(t.Context(), path, Options{Profile: BuiltinProfile(), MaxTime: 50 * time.Millisecond}, all, nil)
	if err != nil {
		t.Fatal(err)
	}
	verified(t, path)
	got := outcomes(*m)
	if o := got["hangs0"]; o.State != bundle.TimedOut || o.Error != "the time for collecting was over" {
		t.Errorf("%+v", o)
	}
	if o := got["never"]; o.State != bundle.Skipped || o.Error != "the time for collecting was over" {
		t.Errorf("%+v", o)
	}
}

func TestMaxSize(t *testing.T) {
	noise := string(noise(7, 4<<20))
	all := []collect.Collector{good("first"), fake{"large", func(_ context.Context, s collect.Sink) error {
		return put(s, "logs/large.log", "text/plain", noise)
	}}, good("last")}
	path := filepath.Join(t.TempDir(), "case.zip")
	m, err := run(t.Context(), path, Options{Profile: BuiltinProfile(), MaxSize: 300_000}, all, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := verified(t, path); len(got.Files) != 2 || len(got.LeftOut) != 1 || got.LeftOut[0].Path != "logs/large.log" {
		t.Errorf("%+v", got)
	}
	if o := outcomes(*m)["large"]; o.State != bundle.Skipped || o.Error != "the bundle would have become larger than allowed" {
		t.Errorf("%+v", o)
	}
}

// TestClock has a clock that is wrong by ten years and more.
func TestClock(t *testing.T) {
	o := Options{Profile: BuiltinProfile()}
	now := time.Date(2026, 11, 20, 9, 14, 3, 0, time.UTC)
	for _, years := range []int{-2100, -56, -10, 10, 90, 9_000} {
		path := filepath.Join(t.TempDir(), "case.zip")
		at := now.AddDate(years, 0, 0)
		w, err := bundle.Create(path, o.manifest(at, testRedactor(t)))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Errorf("%d years: %v", years, err)
		}
		if got := verified(t, path).Created; years > -100 && years < 100 && !got.Equal(at) {
			t.Errorf("%d years: %v", years, got)
		}
	}
}

// TestBudget holds that a run is what was planned.
func TestBudget(t *testing.T) {
	all := []collect.Collector{limited{good("a"), collect.Limit{Time: time.Hour, Size: 5}}, good("b")}
	b := plan(Options{MaxTime: time.Minute, MaxCPU: -1}, all)
	if b.MaxTime != time.Minute || b.MaxSize != DefaultMaxSize || b.MaxCPU != 0 || len(b.Collectors) != 2 {
		t.Errorf("%+v", b)
	}
	if c := b.Collectors[0]; c.Name != "a" || c.MaxTime != time.Minute || c.MaxSize != 5 {
		t.Errorf("%+v", c)
	}
	if b := Plan(Options{}); b.MaxTime != DefaultMaxTime || len(b.Collectors) < 10 {
		t.Errorf("%+v", b)
	}
}

// TestEncrypted collects for the profile's key, and refuses without one.
func TestEncrypted(t *testing.T) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "case.zip")
	o := Options{Profile: &Profile{Name: "x", Signed: Unsigned}, Encrypt: true}
	if m, err := run(t.Context(), path, o, []collect.Collector{good("a")}, nil); m != nil || !errors.Is(err, ErrNoKey) {
		t.Error(m, err)
	}
	o.Profile.Key = key.Recipient().String()
	if _, err := run(t.Context(), path, o, []collect.Collector{good("a")}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := bundle.Open(path); !errors.Is(err, bundle.ErrEncrypted) {
		t.Error(err)
	}
	r, err := bundle.Open(path, key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if m := r.Manifest(); !m.Unsigned || len(m.Files) != 1 || r.Verify(t.Context()) != nil {
		t.Errorf("%+v", m)
	}
}

// TestNoPlace has no folder to write to.
func TestNoPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none", "case.zip")
	if m, err := Run(t.Context(), path, Options{}, nil); m != nil || !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), path) {
		t.Error(m, err)
	}
}

// monitor is a host with one monitor.
type monitor struct{}

func (monitor) Grab(context.Context) ([]collect.Screenshot, error) {
	return []collect.Screenshot{{Name: "HDMI-1", Image: image.NewRGBA(image.Rect(0, 0, 1920, 1080))}}, nil
}

// TestRun collects everything from this machine.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "app.log")
	if err := os.WriteFile(log, []byte("one line\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "case.zip")
	rec := &recorder{t: t}
	m, err := Run(t.Context(), path, Options{Tool: "beistand 0.1.0", LogFiles: []string{log, log}, Screens: monitor{}}, rec.report)
	if err != nil {
		t.Fatal(err)
	}
	got := verified(t, path)
	titles := Titles()
	for _, o := range m.Collectors {
		if o.State != bundle.OK && o.State != bundle.Cut && o.State != bundle.Skipped {
			t.Errorf("%+v", o)
		}
		if !slices.Contains(titles, o.Title) {
			t.Errorf("%q is not among the titles", o.Title)
		}
	}
	paths := map[string]bundle.File{}
	for _, f := range got.Files {
		paths[f.Path] = f
		if !slices.Contains(titles, f.Title) {
			t.Errorf("%q is not among the titles", f.Title)
		}
	}
	for _, want := range []string{"system/host.json", "system/cpu.json", "system/memory.json", "system/disks.json", "system/network.json", "system/processes.json", "screens/1-HDMI-1.png", "logs/1-app.log"} {
		if paths[want].Size == 0 {
			t.Errorf("%s is missing", want)
		}
	}
	if paths["logs/1-app.log"].Source != log || paths["screens/1-HDMI-1.png"].Source != "HDMI-1" {
		t.Errorf("%+v", paths)
	}
}

// BenchmarkRun collects everything from this machine, most of which is a
// second of watching the processors.
func BenchmarkRun(b *testing.B) {
	path := filepath.Join(b.TempDir(), "case.zip")
	for b.Loop() {
		if _, err := Run(b.Context(), path, Options{Screens: monitor{}}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
