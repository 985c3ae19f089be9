//go:build !headless

package evidence

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/app/gui/theme"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
)

// files are a bundle's contents by path.
type files map[string][]byte

func (f files) Manifest() bundle.Manifest { return bundle.Manifest{} }
func (f files) Close() error              { return nil }

func (f files) OpenFile(path string) (io.ReadCloser, error) {
	data, ok := f[path]
	if !ok {
		return nil, fmt.Errorf("open %q: %w", path, fs.ErrNotExist)
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

func pngOf(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRead(t *testing.T) {
	e := files{
		"a.json":   []byte(`{"total_bytes": 1024}`),
		"bad.json": []byte(`{"total_bytes": `),
		"a.log":    []byte("one\ntwo\n"),
		"big.log":  bytes.Repeat([]byte("0123456789abcde\n"), (maxText+1<<20)/16),
		"a.png":    pngOf(t, 20, 10),
		"bad.png":  []byte("this is no picture"),
	}
	for name, c := range map[string]struct {
		file bundle.File
		is   func(content) bool
		bad  bool

		plain bool
	}{
		"facts":           {bundle.File{Path: "a.json", MediaType: "application/json"}, func(c content) bool { return len(c.facts) == 1 }, false, false},
		"facts as text":   {bundle.File{Path: "a.json", MediaType: "application/json"}, func(c content) bool { return c.text.lines.Len() == 1 }, false, true},
		"no facts":        {bundle.File{Path: "bad.json", MediaType: "application/json"}, func(c content) bool { return c.text.lines.Len() == 1 }, false, false},
		"text":            {bundle.File{Path: "a.log", MediaType: "text/plain"}, func(c content) bool { return c.text.lines.Len() == 2 && len(c.text.bytes) == 8 && !c.text.more }, false, false},
		"longer than may": {bundle.File{Path: "big.log", MediaType: "text/plain"}, func(c content) bool { return len(c.text.bytes) == maxText && c.text.more }, false, false},
		"picture":         {bundle.File{Path: "a.png", MediaType: "image/png"}, func(c content) bool { return c.picture.Bounds().Dx() == 20 }, false, false},
		"no picture":      {bundle.File{Path: "bad.png", MediaType: "image/png"}, nil, true, false},
		"not there":       {bundle.File{Path: "b"}, nil, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := read(t.Context(), e, c.file, spot{plain: c.plain})
			if (err != nil) != c.bad {
				t.Fatal(err)
			}
			if err == nil && !c.is(got) {
				t.Errorf("got %+v", got)
			}
		})
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := read(ended, e, bundle.File{Path: "big.log"}, spot{}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

// TestAPictureThatUnpacksHuge is refused by its head, before it costs memory.
func TestAPictureThatUnpacksHuge(t *testing.T) {
	data := pngOf(t, 1, 1)
	copy(data[16:24], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65536 by 65536 in IHDR
	e := files{"a.png": data}
	_, err := read(t.Context(), e, bundle.File{Path: "a.png", MediaType: "image/png"}, spot{})
	if err == nil {
		t.Error("it was read")
	}
}

func TestItems(t *testing.T) {
	m := bundle.Manifest{
		Collectors: []bundle.Outcome{
			{Name: "a", Title: "Computer", State: bundle.OK, Files: 1},
			{Name: "b", Title: "Log file", State: bundle.Cut, Files: 1},
			{Name: "c", Title: "System log", State: bundle.Failed, Error: `there is no file "/var/log/syslog"`},
			{Name: "d", Title: "Processes", State: bundle.TimedOut, Error: "it took longer than 5s", Files: 1},
			{Name: "e", Title: "Screens", State: bundle.Skipped, Error: "left out by the customer"},
			{Name: "f", Title: "Logged-in users", State: bundle.Skipped, Error: "there are none"},
		},
		Files: []bundle.File{
			{Path: "d.json", Title: "Processes", Collector: "d"},
			{Path: "b.log", Title: "Log file", Source: "/srv/app/b.log", Collector: "b", Size: 2048, Cut: "the first 1.9 GB are left out"},
			{Path: "a.json", Title: "Computer", Collector: "a"},
		},
		LeftOut: []bundle.LeftOut{{Path: "s.png", Title: "Screenshot", Why: "left out by the customer"}},
	}
	var got []string
	for _, i := range Items(m) {
		got = append(got, strings.Join([]string{i.Title, i.State, i.Why}, "|"))
	}
	want := []string{
		"Computer|Complete|", "Log file: b.log|Shortened|the first 1.9 GB are left out",
		"Processes|Took too long|it took longer than 5s", "System log|Not available|there is no file /var/log/syslog",
		"Logged-in users|Left out|there are none", "Screenshot|Left out|left out by the customer",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestTitlesAreNoTemplates: a bundle comes from somebody else's machine.
func TestTitlesAreNoTemplates(t *testing.T) {
	const evil = `{{printf "%0100000000d" 1}}`
	if got := Title(evil, ""); got != evil {
		t.Errorf("the title was carried out: %d letters", len(got))
	}
}

func TestReasonInGerman(t *testing.T) {
	t.Setenv("LANGUAGE", "")
	t.Setenv("LC_ALL", "de_DE.UTF-8")
	if _, err := page.Speak(""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = page.Speak("en") })
	for words, want := range map[string]string{
		"the first 1.9 GB are left out":                         "die ersten 1,9 GB fehlen",
		"only the last 5000 lines are here; it was stopped":     "nur die letzten 5000 Zeilen sind dabei; es wurde angehalten",
		"the rest is missing: the time for collecting was over": "der Rest fehlt: die Zeit zum Sammeln war um",
		"it is no text but a database":                          "sie ist kein Text, sondern eine Datenbank",
		"something that we do not know":                         "something that we do not know",
	} {
		if got := Reason(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestLook(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Calm{})
	var log strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&log, "line %d\n", i)
	}
	e := files{"a.log": []byte(log.String()), "empty.log": nil}
	w := a.NewWindow("")
	p := pagetest.New(t, w)
	scope := page.NewScope(t.Context(), p.Do)
	look := NewLook(scope, e)
	w.SetContent(look.Object)
	w.Resize(fyne.NewSize(600, 400))
	p.See("Choose something on the left")

	text := Item{File: bundle.File{Path: "a.log", Size: int64(log.Len())}, Title: "Log file"}
	look.Show(text)
	p.See("line 7")
	p.Entry("Search in this text").SetText("LINE 99")
	p.See("1 of 11") // 99, 990 to 999
	entry := p.Entry("Search in this text")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	p.See("2 of 11")
	p.See("line 990")
	entry.SetText("nowhere")
	p.See("Not found")

	look.ShowLine(text, 900)
	p.See("line 899") // counted from 1, and far below what fits
	p.See("Line 900")
	look.ShowLine(text, 2000)
	p.See("Line 2000 is not among what is shown here.")
	look.Show(Item{Title: "What we found", Body: func() fyne.CanvasObject { return widget.NewText("all is well") }})
	p.See("all is well")

	look.Show(Item{File: bundle.File{Path: "empty.log"}, Title: "Log file"})
	p.See("This file is empty.")
	look.Show(Item{File: bundle.File{Path: "gone"}, Title: "Log file"})
	p.See("file does not exist")
	look.Show(Item{Title: "System log", State: "Not available", Why: "you may not"})
	p.See("you may not")
	scope.End()
	scope.Wait()
	p.Drain()
}

func TestStateHasWords(t *testing.T) {
	for _, s := range []string{"waiting", "running", "ok", "cut", "failed", "timed out", "left out", "cancelled"} {
		if word, tone := State(s); word == "" || tone < widget.Neutral || tone > widget.Bad {
			t.Errorf("%s: %q, %v", s, word, tone)
		}
	}
}

func TestMain(m *testing.M) {
	if _, err := page.Speak("en"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
