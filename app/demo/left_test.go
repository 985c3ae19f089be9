package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/draw"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/demo/pattern"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/diag/bundle"
)

// left is what a case left at the desk, read from its files when it has ended.
type left struct {
	ticket api.Ticket
	bundle *bundle.Reader
}

// lookInto opens the desk's store and the ticket's only bundle, and checks that
// the bundle is the one whose hash is written down.
func lookInto(t *testing.T, folder string, number int64) left {
	t.Helper()
	db, err := store.Open(t.Context(), folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	ticket, err := db.Ticket(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	if len(ticket.Bundles) != 1 {
		t.Fatalf("ticket %d has %d bundles, want 1", number, len(ticket.Bundles))
	}
	b := ticket.Bundles[0]
	f, err := db.Open(t.Context(), b.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	sum, size := sha256.Sum256(content), int64(len(content))
	if got := hex.EncodeToString(sum[:]); got != b.SHA256 || size != b.Size {
		t.Errorf("bundle on disk: %d bytes, %s; in the database: %d bytes, %s", size, got, b.Size, b.SHA256)
	}
	r, err := bundle.NewReader(bytes.NewReader(content), size)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Errorf("the stored bundle is damaged: %v", err)
	}
	return left{ticket, r}
}

// wantFile checks that the bundle has a file whose content contains words.
func (l left) wantFile(t *testing.T, title, words string) {
	t.Helper()
	for _, f := range l.bundle.Manifest().Files {
		if f.Title != title {
			continue
		}
		if text := l.read(t, f.Path); !strings.Contains(string(text), words) {
			t.Errorf("%s (%q) does not contain %q", f.Path, title, words)
		}
		return
	}
	t.Errorf("no file with the title %q", title)
}

// wantLeftOut checks that what was unticked is not there, and is named as left out.
func (l left) wantLeftOut(t *testing.T, title string) {
	t.Helper()
	m := l.bundle.Manifest()
	for _, f := range m.Files {
		if f.Title == title {
			t.Errorf("%s (%q) was unticked and is in the bundle", f.Path, title)
		}
	}
	for _, o := range m.LeftOut {
		if o.Title == title {
			return
		}
	}
	t.Errorf("%q is not named as left out, only %+v", title, m.LeftOut)
}

// wantScreenshot checks that the bundle has a picture of the customer's whole
// screen, with the pattern that was shown there, pixel by pixel.
func (l left) wantScreenshot(t *testing.T, seed byte) {
	t.Helper()
	for _, f := range l.bundle.Manifest().Files {
		if f.MediaType != "image/png" {
			continue
		}
		picture, err := png.Decode(strings.NewReader(string(l.read(t, f.Path))))
		if err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		if picture.Bounds().Size() != customerScreen {
			t.Errorf("%s is %v large, want %v", f.Path, picture.Bounds().Size(), customerScreen)
		}
		flat := image.NewRGBA(picture.Bounds())
		draw.Draw(flat, flat.Rect, picture, picture.Bounds().Min, draw.Src)
		if _, ok := pattern.Find(flat, seed); !ok {
			t.Errorf("the pattern is not in %s", f.Path)
		}
		return
	}
	t.Error("no screenshot in the bundle")
}

func (l left) read(t *testing.T, path string) []byte {
	t.Helper()
	r, err := l.bundle.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// onlySession is the ticket's only session.
func (l left) onlySession(t *testing.T) api.Session {
	t.Helper()
	if len(l.ticket.Sessions) != 1 {
		t.Fatalf("ticket %d has %d sessions, want 1", l.ticket.Number, len(l.ticket.Sessions))
	}
	return l.ticket.Sessions[0]
}

// wantEnd checks who asked, that the times are in order, and how it ended.
func wantEnd(t *testing.T, s api.Session, by, reason string) {
	t.Helper()
	if s.Supporter != staffShown || s.Organisation != organisation {
		t.Errorf("session of %q, %q; want %q, %q", s.Supporter, s.Organisation, staffShown, organisation)
	}
	if s.Ended == nil || s.EndedBy != by || reason != "" && s.Reason != reason {
		t.Errorf("ended at %v by %q, reason %q; want by %q, reason %q", s.Ended, s.EndedBy, s.Reason, by, reason)
	}
	last := s.Asked
	for _, step := range []struct {
		name string
		at   *time.Time
	}{{"consented", s.Consented}, {"started", s.Started}, {"ended", s.Ended}} {
		if step.at == nil {
			continue
		}
		if step.at.Before(last) {
			t.Errorf("%s at %v, before what came before it at %v", step.name, step.at, last)
		}
		last = *step.at
	}
}
