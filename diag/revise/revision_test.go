package revise

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
)

const clean = "user=anmeyer12 password=hunter2 from 10.1.2.3 project Nordwind\n"

// redacted is a redacted text with the names that were given for it.
func redacted(t *testing.T, text string) (string, *redact.Names) {
	t.Helper()
	rules, err := redact.Compile(redact.Known{})
	if err != nil {
		t.Fatal(err)
	}
	names, err := redact.NewNames(bytes.Repeat([]byte{1}, redact.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return string(rules.Bytes([]byte(text), names, nil)), names
}

// shot is a picture with a secret of one colour in it, and a note beside it.
func shot(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for i := range m.Pix {
		m.Pix[i] = 200
	}
	for y := 10; y < 20; y++ {
		for x := 10; x < 30; x++ {
			m.SetRGBA(x, y, color.RGBA{12, 34, 56, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// evidence is a bundle of one log, one that nothing is hidden in, and a picture.
func evidence(t *testing.T, log string) *bundle.Reader {
	t.Helper()
	path := filepath.Join(t.TempDir(), "collected.zip")
	w, err := bundle.Create(path, bundle.Manifest{Tool: "beistand test", Created: time.Now(), Host: "nordwind-pc", OS: "linux", Arch: "amd64"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []struct{ path, media, source, text string }{
		{"logs/Nordwind.log", "text/plain", "/srv/nordwind/app.log", log},
		{"logs/other.log", "text/plain", "", strings.Repeat("nothing to be seen\n", 20_000)},
		{"screens/1.png", "image/png", "", string(shot(t))},
	} {
		e, err := w.Add(bundle.File{Path: f.path, Title: "Log file", Collector: "log", MediaType: f.media, Source: f.source})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(e, f.text); err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	w.SetOutcomes([]bundle.Outcome{{Name: "log", Title: "Log file", State: bundle.OK, Files: 3, Source: "Nordwind"}})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := bundle.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func readAll(t *testing.T, e Evidence, path string) string {
	t.Helper()
	f, err := e.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestWhatIsShownIsSent makes every kind of change, and compares what a window
// reads with what is in the bundle that is sent.
func TestWhatIsShownIsSent(t *testing.T) {
	log, names := redacted(t, strings.Repeat(clean, 3000))
	src := evidence(t, log)
	changes, err := Changes{}.With("Nordwind")
	if err != nil {
		t.Fatal(err)
	}
	black := image.Rect(8, 8, 32, 22)
	changes = changes.WithRestored(redact.User, true).WithRestored(redact.Password, true).WithBlack("screens/1.png", []image.Rectangle{black})
	r := New(src, Table{Names: names}, changes)

	path := filepath.Join(t.TempDir(), "selected.zip")
	if err := bundle.SelectRevised(t.Context(), path, src, func(bundle.File) bool { return true }, r); err != nil {
		t.Fatal(err)
	}
	sent, err := bundle.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer sent.Close()
	if err := sent.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	paths := map[string]string{"logs/Nordwind.log": "logs/hidden.log", "logs/other.log": "logs/other.log", "screens/1.png": "screens/1.png"}
	m := sent.Manifest()
	if len(m.Files) != len(paths) {
		t.Fatalf("%+v", m.Files)
	}
	for shown, there := range paths {
		if readAll(t, r, shown) != readAll(t, sent, there) {
			t.Errorf("%s is not sent as it is shown", shown)
		}
	}
	text := readAll(t, sent, "logs/hidden.log")
	if !strings.HasPrefix(text, "user=anmeyer12 password=<password> from <net-") || !strings.Contains(text, ".3 project <hidden>\n") {
		t.Errorf("sent %.100q", text)
	}
	if m.Host != "<hidden>-pc" || m.Collectors[0].Source != "<hidden>" || m.Files[0].Source != "/srv/<hidden>/app.log" {
		t.Errorf("the manifest has %q, %+v, %+v", m.Host, m.Collectors, m.Files[0])
	}

	picture, err := png.Decode(strings.NewReader(readAll(t, sent, "screens/1.png")))
	if err != nil {
		t.Fatal(err)
	}
	for y := range 40 {
		for x := range 60 {
			want := color.NRGBA{200, 200, 200, 200}
			if image.Pt(x, y).In(black) {
				want = color.NRGBA{0, 0, 0, 255}
			}
			if got := color.NRGBAModel.Convert(picture.At(x, y)); image.Pt(x, y).In(black) && got != want {
				t.Fatalf("%d,%d is %v", x, y, got)
			} else if !image.Pt(x, y).In(black) && got == (color.NRGBA{0, 0, 0, 255}) {
				t.Fatalf("%d,%d is black too", x, y)
			}
		}
	}
}

// TestWhatIsNotChangedIsCopied counts what is written anew.
func TestWhatIsNotChangedIsCopied(t *testing.T) {
	log, names := redacted(t, clean)
	src := evidence(t, log)
	for name, c := range map[string]struct {
		changes Changes
		anew    string
	}{
		"nothing":       {Changes{}, ""},
		"a text":        {Changes{Hide: []string{"project"}}, "logs/Nordwind.log"},
		"no such text":  {Changes{Hide: []string{"Südwind"}}, ""},
		"a kind":        {Changes{Restore: []redact.Kind{redact.User}}, "logs/Nordwind.log"},
		"no such kind":  {Changes{Restore: []redact.Kind{redact.Phone}}, ""},
		"a secret":      {Changes{Restore: []redact.Kind{redact.Password}}, ""},
		"a black part":  {Changes{Black: map[string][]image.Rectangle{"screens/1.png": {image.Rect(0, 0, 9, 9)}}}, "screens/1.png"},
		"no black part": {Changes{Black: map[string][]image.Rectangle{"screens/1.png": nil}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := New(src, Table{Names: names}, c.changes)
			var anew []string
			for _, f := range src.Manifest().Files {
				changed, err := r.Revised(t.Context(), f)
				if err != nil {
					t.Fatal(err)
				}
				if changed != nil {
					changed.Close()
					anew = append(anew, f.Path)
				}
			}
			if strings.Join(anew, " ") != c.anew {
				t.Errorf("written anew: %q, want %q", anew, c.anew)
			}
		})
	}
}

func TestTally(t *testing.T) {
	log, names := redacted(t, strings.Repeat(clean, 5000))
	src := evidence(t, log)
	f := src.Manifest().Files[0]
	for name, c := range map[string]struct {
		changes    Changes
		gone, kept map[redact.Kind]int
	}{
		"nothing": {Changes{}, map[redact.Kind]int{"password": 5000, "user": 5000, "ip": 5000}, nil},
		"both": {
			Changes{Hide: []string{"project"}, Restore: []redact.Kind{redact.User, redact.IP}},
			map[redact.Kind]int{"password": 5000, "hidden": 5000},
			map[redact.Kind]int{"user": 5000, "ip": 5000},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := New(src, Table{Names: names}, c.changes).Tally(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			same := len(got.Gone) == len(c.gone) && len(got.Kept) == len(c.kept)
			for k, n := range c.gone {
				same = same && got.Gone[k] == n
			}
			for k, n := range c.kept {
				same = same && got.Kept[k] == n
			}
			if !same {
				t.Errorf("%+v", got)
			}
		})
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := New(src, Table{Names: names}, Changes{}).Tally(ended, f); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

// TestARestoredNameIsHiddenWithItsWords: neither order of the two changes
// leaves what was selected before.
func TestARestoredNameIsHiddenWithItsWords(t *testing.T) {
	log, names := redacted(t, "user=anmeyer12 bought nothing\n")
	pseudonym := log[len("user="):strings.Index(log, " bought")]
	for _, hide := range []string{pseudonym + " bought", "anmeyer12 bought", "Anmeyer12"} {
		text := New(nil, Table{Names: names}, Changes{Hide: []string{hide}, Restore: []redact.Kind{redact.User}}).Text(log)
		if strings.Contains(text, "anmeyer12") {
			t.Errorf("%q hidden: %q", hide, text)
		}
	}
}

func TestWith(t *testing.T) {
	long := strings.Repeat("ä", 300)
	for name, c := range map[string]struct {
		selected string
		want     []string
		err      error
	}{
		"a word":             {" Nordwind ", []string{"Nordwind"}, nil},
		"lines":              {"one two\r\n  }\n three", []string{"one two", "three"}, nil},
		"too short":          {"ab", nil, ErrTooShort},
		"too short lines":    {"ab\ncd\n", nil, ErrTooShort},
		"three letters":      {"äöü", []string{"äöü"}, nil},
		"nothing but a word": {" <password> ", nil, ErrTooShort},
		"twice":              {"Nordwind\nNORDWIND", []string{"Nordwind"}, nil},
		"long":               {long, []string{long[:192], long[384:]}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Changes{}.With(c.selected)
			if !errors.Is(err, c.err) || strings.Join(got.Hide, "|") != strings.Join(c.want, "|") {
				t.Errorf("%q, %v", got.Hide, err)
			}
		})
	}
}

// TestTextInAnotherForm hides and restores in what is packed.
func TestTextInAnotherForm(t *testing.T) {
	log, names := redacted(t, clean)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := io.WriteString(z, log); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	src := evidence(t, packed.String())
	f := src.Manifest().Files[0]
	r := New(src, Table{Names: names}, Changes{Hide: []string{"Nordwind"}, Restore: []redact.Kind{redact.User}})
	changed, err := r.Revised(t.Context(), f)
	if err != nil || changed == nil {
		t.Fatal(changed, err)
	}
	defer changed.Close()
	back, err := gzip.NewReader(changed)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(back)
	if err != nil || !strings.HasPrefix(string(text), "user=anmeyer12 password=<password>") || !strings.HasSuffix(string(text), "project <hidden>\n") {
		t.Errorf("%q, %v", text, err)
	}
	if none, err := New(src, Table{Names: names}, Changes{Hide: []string{"Südwind"}}).Revised(t.Context(), f); none != nil || err != nil {
		t.Errorf("written anew for nothing: %v", err)
	}
}

// TestJSONStaysJSON also where a number is hidden.
func TestJSONStaysJSON(t *testing.T) {
	e := files{"a.json": `{"pid": 4711, "name": "x4711"}`}
	f := bundle.File{Path: "a.json", MediaType: "application/json"}
	r := New(e, Table{}, Changes{Hide: []string{"4711"}})
	for hide, want := range map[string]string{
		"4711":   `{"pid": "<hidden>", "name": "x<hidden>"}`,
		`"name"`: `{"pid": 4711, "<hidden>": "x4711"}`,
		`, "na`:  `{"pid": 4711<hidden>me": "x4711"}`,
	} {
		r.changes.Hide = []string{hide}
		c, err := r.Revised(t.Context(), f)
		if err != nil || c == nil {
			t.Fatal(c, err)
		}
		if text, err := io.ReadAll(c); err != nil || string(text) != want {
			t.Errorf("%s hidden: %s, %v", hide, text, err)
		}
		c.Close()
	}
}

// TestRisks that are hidden are gone, and what could not be redacted is not touched.
func TestRisks(t *testing.T) {
	e := files{"a.log": "one\nsecret=abc123def here\nmail to anna@example.com\n", "held.bin": "secret=abc123def"}
	_, names := redacted(t, clean)
	r := New(e, Table{Names: names}, Changes{})
	risks, err := r.Risks(t.Context())
	if err != nil || len(risks) != 2 {
		t.Fatalf("%+v, %v", risks, err)
	}
	text, err := r.Suspect(t.Context(), risks[0])
	if err != nil || text != "secret=abc123def" {
		t.Fatalf("hide %q, %v", text, err)
	}
	changes, err := Changes{}.With(text)
	if err != nil {
		t.Fatal(err)
	}
	r = New(e, Table{Names: names}, changes)
	if risks, err = r.Risks(t.Context()); err != nil || len(risks) != 1 || risks[0].What != string(redact.LeftMail) || risks[0].Line != 3 {
		t.Errorf("left: %+v, %v", risks, err)
	}
	if got := readAll(t, r, "held.bin"); got != "secret=abc123def" {
		t.Errorf("what could not be redacted became %q", got)
	}
}

// files are evidence in memory, with two risks.
type files map[string]string

func (f files) Manifest() bundle.Manifest {
	return bundle.Manifest{
		Files: []bundle.File{{Path: "a.log"}, {Path: "held.bin", Unredacted: "it is no text"}},
		Redaction: &bundle.Redaction{Risks: []bundle.Risk{
			{Path: "a.log", What: string(redact.LeftWord), Line: 2, Lines: 1}, {Path: "a.log", What: string(redact.LeftMail), Line: 3, Lines: 1},
		}},
	}
}

func (f files) OpenFile(path string) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(f[path])), nil
}
