package session

import (
	"errors"
	"image"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen/screentest"
)

// strip is what a film was given, put together from the parts that changed.
type strip struct {
	tell   func()     // something has come; nil tells nobody
	mu     sync.Mutex // guards the rest
	seen   *image.RGBA
	frames int
}

func (s *strip) add(p *pixel.Bitmap, changed []image.Rectangle) {
	if s.tell != nil {
		defer s.tell()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen == nil || s.seen.Rect != p.Rect {
		s.seen = image.NewRGBA(p.Rect)
	}
	for _, r := range changed {
		p.Give(s.seen, r)
	}
	s.frames++
}

func (s *strip) is(want *image.RGBA) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen != nil && slices.Equal(s.seen.Pix, want.Pix)
}

func (s *strip) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.frames
}

// A film is kept under its own right alone: from what is seen already, on with
// what comes, nothing of a pause, and nothing any more once the right is taken
// back, also when it is given again.
func TestKeepingAFilm(t *testing.T) {
	p := newPair(t)
	area := image.Rect(0, 0, 320, 200)
	s := strip{tell: p.tell}
	p.start()
	p.sees(screentest.Pattern(area, 1))
	if err := p.v.Film(s.add); !errors.Is(err, ErrNoRight) || s.count() != 0 {
		t.Fatalf("without the right: %v, %d pictures", err, s.count())
	}
	film := rights.Of(rights.Film)
	ask := func() {
		t.Helper()
		if err := p.v.Ask(film, "to look at it later"); err != nil {
			t.Fatal(err)
		}
		p.until("the right", func() bool { return p.last[viewer].Rights.Has(rights.Film) })
	}
	ask()
	p.screen.Paint(screentest.Pattern(area, 2))
	p.sees(screentest.Pattern(area, 2))
	if s.count() != 0 {
		t.Error("what was refused goes on by itself")
	}
	if err := p.v.Film(s.add); err != nil {
		t.Fatal(err)
	}
	if !s.is(screentest.Pattern(area, 2)) {
		t.Error("a film does not begin with what is seen")
	}
	p.screen.Paint(screentest.Pattern(area, 3))
	p.until("the next picture", func() bool { return s.is(screentest.Pattern(area, 3)) })

	p.h.Pause()
	p.isPaused(viewer, true)
	before := s.count()
	p.screen.Paint(screentest.Pattern(area, 4))
	if err := p.v.Film(s.add); err != nil || s.count() != before {
		t.Errorf("in a pause: %v, %d pictures", err, s.count()-before)
	}
	p.h.Resume()
	p.until("the picture after the pause", func() bool { return s.is(screentest.Pattern(area, 4)) })

	p.h.Revoke(film)
	p.until("the end of the right", func() bool { return !p.last[viewer].Rights.Has(rights.Film) })
	before = s.count()
	p.screen.Paint(screentest.Pattern(area, 5))
	p.sees(screentest.Pattern(area, 5))
	if err := p.v.Film(s.add); !errors.Is(err, ErrNoRight) {
		t.Errorf("after the right was taken back: %v", err)
	}
	if s.count() != before {
		t.Error("it is filmed without the right")
	}
}

// Who gives the right to see back keeps no film either; one that is ended is
// given nothing any more.
func TestAFilmNeedsSeeing(t *testing.T) {
	p := newPair(t)
	p.host.Invitation = invites(invite.Supporter, filmed)
	p.viewer.Invitation = p.host.Invitation
	area := image.Rect(0, 0, 320, 200)
	s, ended := strip{tell: p.tell}, strip{}
	var lines kept
	p.host.Record = lines.keep
	p.start()
	p.sees(screentest.Pattern(area, 1))
	for _, to := range []func(*pixel.Bitmap, []image.Rectangle){ended.add, nil, s.add} {
		if err := p.v.Film(to); err != nil {
			t.Fatal(err)
		}
	}
	p.screen.Paint(screentest.Pattern(area, 2))
	p.until("the film", func() bool { return s.is(screentest.Pattern(area, 2)) })
	if n := ended.count(); n != 1 {
		t.Errorf("a film that was ended has %d pictures", n)
	}
	if err := p.v.GiveBack(see); err != nil {
		t.Fatal(err)
	}
	if err := p.v.Film(s.add); !errors.Is(err, ErrNoRight) {
		t.Errorf("without seeing: %v", err)
	}
	p.stopHost()
	p.ends()
	if c := lines.read(t); !c.Ended() || !strings.Contains(lines.text.String(), `"what":"granted","by":"customer","rights":["see","film"]`) {
		t.Errorf("the record tells nothing of the film:\n%s", &lines.text)
	}
}
