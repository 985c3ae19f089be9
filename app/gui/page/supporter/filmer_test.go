//go:build cgo && linux && !headless

package supporter

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/film"
	"github.com/beistand/beistand/session/rights"
)

// Film is part of page.Filming.
func (h *fakeHelping) Film(path string, over func(page.FilmEnd)) error {
	h.over = over
	return h.say("film %s", path)
}

// EndFilm is part of page.Filming.
func (h *fakeHelping) EndFilm() { _ = h.say("end film") }

// filmed goes to a session of which a film is kept.
func filmed(t *testing.T) *live {
	t.Helper()
	if !film.Can() {
		t.Fatal("this build cannot record: it needs C and libvpx")
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	l := goLive(t, api.RoleSupporter, rights.See)
	l.Tap("Keep a film")
	l.See("Keep a film of what is seen")
	l.Tap("Ask the customer")
	if !l.h.did("ask film ()") {
		t.Fatal(l.h.all())
	}
	given := rights.Of(rights.See, rights.Film)
	l.is(page.Standing{Given: given, Asked: page.Request{Rights: rights.Of(rights.Film), Outcome: page.OutcomeGiven}})
	l.Tap("Save")
	l.See("Stop the film (0:0")
	if want := "film " + filepath.Join(home, "10042-"); !strings.Contains(l.h.all(), want) || !strings.HasSuffix(l.h.all(), ".webm") {
		t.Errorf("no %s: %s", want, l.h.all())
	}
	return l
}

// A film is asked for, begun where it was said, and ended; with that the right
// is given back. After the session it is told where it lies.
func TestKeepingAFilm(t *testing.T) {
	l := filmed(t)
	var stop *widget.Button
	l.Each(func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok && strings.HasPrefix(b.Text, "Stop the film") {
			stop = b
		}
	})
	test.Tap(stop)
	if !l.h.did("end film") {
		t.Error(l.h.all())
	}
	l.h.over(page.FilmEnd{Path: "/tmp/a.webm"})
	l.See("The film is in /tmp/a.webm.")
	l.Until("giving the right back", func() bool { return l.h.did("give back film") })
	l.is(page.Standing{Given: rights.Of(rights.See)})
	if l.Sees("Not given any more") || !l.Sees("Keep a film") {
		t.Error("the end of the film is not what is told")
	}
	l.Tap("Stop")
	l.See("The session is over")
	l.See("The film is in /tmp/a.webm.")
}

func TestAFilmEndsByItself(t *testing.T) {
	for name, c := range map[string]struct {
		end  page.FilmEnd
		says string
		back bool
	}{
		"the right": {page.FilmEnd{Path: "/tmp/a.webm", Right: true}, "since it is not allowed any more. It is in /tmp/a.webm.", false},
		"the disk":  {page.FilmEnd{Path: "/tmp/a.webm", Why: syscall.ENOSPC}, "The film has ended: This computer's disk is full.", false},
		"no room":   {page.FilmEnd{Why: syscall.ENOSPC}, "No film was kept. This computer's disk is full.", false},
		"nothing":   {page.FilmEnd{}, "There was nothing to be seen", true},
	} {
		t.Run(name, func(t *testing.T) {
			l := filmed(t)
			if c.end.Right {
				l.is(page.Standing{Given: rights.Of(rights.See)})
			}
			l.h.over(c.end)
			l.See(c.says)
			l.See("Keep a film")
			if l.Sees("Stop the film") || l.h.did("give back film") != c.back {
				t.Error("it still runs, or the right is not as it was: " + l.h.all())
			}
		})
	}
}

// The right is asked for by itself, also before, and not chosen again by itself.
func TestAskingForAFilm(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See, rights.Film)
	if l.Sees("Save") {
		t.Error("a place is asked for before somebody wants a film")
	}
	if l.chip("Film").State != widget.ChipLit {
		t.Error("the right is not shown")
	}
	l.Tap("Keep a film")
	l.See("Save")
	o := goLive(t, api.RoleObserver, rights.See)
	if o.Sees("Keep a film") {
		t.Error("an observer can keep a film")
	}
}

func TestAFilmIsChosenAnew(t *testing.T) {
	d := &fakeDesk{all: cases()}
	p, flow := start(t, d)
	signIn(p)
	c := &choosing{flow: flow, ticket: d.all[1], wanted: rights.Of(rights.See), groups: widget.NewFlow(), about: widget.NewText(""), many: widget.NewCaption(""), main: widget.NewMain("", nil, nil)}
	p.Do(func() {
		c.take(api.RoleSupporter)
		c.turn(rights.Film, true)
		c.ask()
	})
	p.Until("the question", func() bool { return len(d.last().Rights) > 0 })
	if asked := strings.Join(d.last().Rights, " "); asked != "see film" {
		t.Errorf("asked for %s", asked)
	}
	if flow.wanted.Has(rights.Film) {
		t.Error("the next time it is asked for by itself")
	}
}
