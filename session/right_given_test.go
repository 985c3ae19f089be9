package session

import (
	"bytes"
	"context"
	"errors"
	"image"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/wire"
)

// whats are what a record's entries tell, in order.
func (k *kept) whats(t *testing.T) (all []string) {
	t.Helper()
	k.mu.Lock()
	text := bytes.Clone(k.text.Bytes())
	k.mu.Unlock()
	lines, err := record.Lines(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if _, rest, ok := bytes.Cut(line, []byte(`"what":"`)); ok {
			what, _, _ := bytes.Cut(rest, []byte(`"`))
			all = append(all, string(what))
		}
	}
	return all
}

// tells waits until the customer's record has so many entries of a kind.
func (a *able) tells(t *testing.T, what record.What, n int) {
	a.t.Helper()
	a.until("an entry "+string(what), func() bool {
		found := 0
		for _, w := range a.hostRecord.whats(t) {
			if w == string(what) {
				found++
			}
		}
		if found < n {
			a.tell()
		}
		return found >= n
	})
}

// What the customer gives is what can be used, the rest is written as refused;
// a session needs no picture.
func TestGivenInPart(t *testing.T) {
	given := rights.Of(rights.Logs, rights.ClipIn)
	a := newAble(t, given)
	a.start()
	a.ready(given)
	if err := a.v.Clip("hello"); err != nil {
		t.Fatal(err)
	}
	a.does(a.customer, "clip hello")
	if err := a.v.Move(image.Pt(1, 1)); !errors.Is(err, ErrNoRight) {
		t.Errorf("a move without the right: %v, want %v", err, ErrNoRight)
	}
	a.stopHost()
	h, v := a.ends()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
	if a.updates > 0 || a.screen.Grabs() > 0 {
		t.Error("the screen was read without the right")
	}
	c := a.hostRecord.read(t)
	if c.Rights() != given || !slices.Contains(a.hostRecord.whats(t), "refused") {
		t.Errorf("the record holds %s: %v", c.Rights(), a.hostRecord.whats(t))
	}
	if verdict, _ := record.Compare(c, a.viewerRecord.read(t)); verdict != record.Same {
		t.Errorf("the copies: %v", verdict)
	}
}

// Pictures stop when the right to see is taken back, the rest goes on, and a
// new question brings a whole picture.
func TestSeeTakenBackAndAskedAnew(t *testing.T) {
	a := newAble(t, everything)
	seal := &seals{}
	a.host.sealed = seal.add
	a.answer = func(_ context.Context, q Question) Grant { return Grant{Rights: q.Rights} }
	area := image.Rect(0, 0, 320, 200)
	a.start()
	a.sees(screentest.Pattern(area, 1))
	a.ready(everything)
	a.screen.Paint(screentest.Pattern(area, 2)) // may be on its way
	a.h.Revoke(see)
	before := seal.count()
	a.screen.Paint(screentest.Pattern(area, 3))
	a.ready(everything.Without(see))
	if err := a.v.Clip("still"); err != nil {
		t.Fatal(err)
	}
	a.does(a.customer, "clip still")
	if n := seal.count(); n != before {
		t.Fatalf("%d pictures were sealed after the right was taken back", n-before)
	}
	if err := a.v.Move(image.Pt(1, 1)); !errors.Is(err, ErrNoRight) {
		t.Errorf("a move over nothing: %v, want %v", err, ErrNoRight)
	}
	if err := a.v.Ask(see, "one more look"); err != nil {
		t.Fatal(err)
	}
	a.sees(screentest.Pattern(area, 3))
	a.until("the answer", func() bool {
		return a.last[viewer].Asked == Asked{see, "one more look", OutcomeGiven} && a.last[host].Asked.Outcome == OutcomeGiven
	})
	if err := a.v.Ask(see, "at once"); !errors.Is(err, ErrQuestions) {
		t.Errorf("a question too soon: %v, want %v", err, ErrQuestions)
	}
	if err := a.v.GiveBack(rights.Of(rights.Control, rights.Logs)); err != nil {
		t.Fatal(err)
	}
	a.until("the rest", func() bool { return a.last[host].Rights == everything.Without(rights.Of(rights.Control, rights.Logs)) })
	a.stopViewer()
	a.ends()
	c := a.hostRecord.read(t)
	if verdict, _ := record.Compare(c, a.viewerRecord.read(t)); verdict != record.Same && verdict != record.Longer {
		t.Errorf("the copies: %v", verdict)
	}
	if c.Rights().Has(rights.Control) {
		t.Error("what was given back still holds in the record")
	}
}

// No, silence and what cannot be asked are answered without more rights.
func TestFurtherQuestionsRefused(t *testing.T) {
	a := newAble(t, see)
	a.host.Evidence = nil
	asked := 0
	a.answer = func(context.Context, Question) Grant { asked++; return Grant{} }
	a.start()
	a.ready(see)
	if err := a.v.Ask(rights.Of(rights.Control), strings.Repeat("x", 201)); !errors.Is(err, wire.ErrFormat) {
		t.Errorf("a long reason: %v", err)
	}
	if err := a.v.Ask(rights.Of(rights.Control), ""); err != nil {
		t.Fatal(err)
	}
	a.until("the no", func() bool { return a.last[viewer].Asked.Outcome == OutcomeRefused })
	a.lie(&wire.Ask{Rights: rights.Of(rights.FilesIn)}) // too soon
	_, v := a.ends()                                    // the viewer has no question to which the no would be the answer
	v.check(t, "viewer", ErrTampered, ByNetwork)
	if asked != 1 {
		t.Errorf("the customer was asked %d times, want once", asked)
	}
}

// What the supporter does is done where it is meant, and let go in time.
func TestHands(t *testing.T) {
	for name, stop := range map[string]func(a *able){
		"pause":           func(a *able) { a.h.Pause() },
		"taken back":      func(a *able) { a.h.Revoke(rights.Of(rights.Control)) },
		"see taken back":  func(a *able) { a.h.Revoke(see) },
		"end":             func(a *able) { a.stopHost(); a.ends() },
		"supporter's end": func(a *able) { a.stopViewer(); a.ends() },
		"given back":      func(a *able) { _ = a.v.GiveBack(rights.Of(rights.Control)) },
		"broken":          func(a *able) { a.h.running.Load().conf.release() },
		"another scope":   func(a *able) { _ = a.h.Show(Scope{Monitors: []string{"none"}}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAble(t, everything)
			a.start()
			a.ready(everything)
			for _, err := range []error{
				a.v.Point(image.Pt(30, 40), true), a.v.Move(image.Pt(10, 20)), a.v.Move(image.Pt(11, 21)),
				a.v.Button(input.Left, true), a.v.Wheel(0, 2), a.v.Key(input.Key{Name: "Shift"}, true),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
			a.does(a.customer, "key Shift true")
			if done := a.customer.all(); !strings.Contains(done, "mark (30,40) true; move (1") || !strings.Contains(done, "move (11,21); button 1 true; wheel 0 2; key Shift true") {
				t.Errorf("done: %s", done)
			}
			stop(a)
			a.untilDone("released", "mark (0,0) false")
		})
	}
}

// untilDone waits for what was done, also when the session is over.
func (a *able) untilDone(what ...string) {
	a.t.Helper()
	for {
		done := a.customer.all()
		if !slices.ContainsFunc(what, func(w string) bool { return !strings.Contains(done, w) }) {
			return
		}
		select {
		case <-a.changed:
		case <-a.t.Context().Done():
			a.t.Fatalf("done: %s, want %s", done, what)
		}
	}
}

// Texts go each way by the right of that way, and not in a circle.
func TestClipboards(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	if err := a.v.Clip("in"); err != nil {
		t.Fatal(err)
	}
	a.does(a.customer, "clip in")
	a.customer.copy("out")
	a.until("the text", func() bool { return slices.Contains(a.clips, "out") })
	a.h.Pause()
	a.customer.copy("secret")
	a.isPaused(viewer, true)
	a.h.Resume()
	a.isPaused(viewer, false)
	a.customer.copy(strings.Repeat("x", wire.MaxClip+1))
	a.until("being read", func() bool { ok := len(a.customer.changed) == 0; a.tell(); return ok })
	a.customer.copy("later")
	a.until("the text after it", func() bool { return slices.Contains(a.clips, "later") })
	if !slices.Equal(a.clips, []string{"out", "later"}) {
		t.Errorf("the supporter was given %.100q", a.clips)
	}
}

// Evidence is collected by the customer's program, handed over whole and written down.
func TestEvidence(t *testing.T) {
	a := newAble(t, everything)
	text := strings.Repeat("a line of a log\n", 10_000)
	a.customer.logs = io.NopCloser(strings.NewReader(text))
	a.start()
	a.ready(everything)
	if err := a.v.Want(rights.Logs, true); err != nil {
		t.Fatal(err)
	}
	a.does(a.supporter, "stored logs.zip")
	if got, _ := a.supporter.stored("logs.zip"); got != text {
		t.Errorf("%d bytes arrived, want %d", len(got), len(text))
	}
	if err := a.v.Want(rights.Vitals, true); err != nil {
		t.Fatal(err)
	}
	a.until("two samples", func() bool { return len(a.vitals) >= 2 })
	if err := a.v.Want(rights.Vitals, false); err != nil {
		t.Fatal(err)
	}
	a.tells(t, record.Evidence, 2)
	a.customer.mu.Lock()
	a.customer.logs = nil
	a.customer.mu.Unlock()
	if err := a.v.Want(rights.System, true); err != nil {
		t.Fatal(err)
	}
	a.until("the failure", func() bool {
		e := a.last[viewer]
		return len(e.Transfers) == 2 && errors.Is(e.Transfers[1].Err, ErrCannotRead) && a.last[host].Trouble != nil
	})
	a.stopHost()
	a.ends()
	a.hostRecord.read(t)
}

// Both sides have the same two words, and other sessions have others.
func TestWords(t *testing.T) {
	var before [2]string
	for range 2 {
		p := newPair(t)
		p.start()
		p.until("the words", func() bool { return p.last[host].Words[0] != "" && p.last[host].Words == p.last[viewer].Words })
		if words := p.event(host).Words; words == before || words[1] == "" {
			t.Errorf("the words are %v, before %v", words, before)
		}
		before = p.event(host).Words
		p.stopHost()
		p.ends()
	}
}

// lateNews is a clipboard whose changes are heard of late.
type lateNews struct {
	*machine
	news chan struct{}
}

func (l *lateNews) Changed(context.Context) <-chan struct{} { return l.news }

// What is copied during a pause does not leave, however late the clipboard
// tells of it; what is copied afterwards does.
func TestCopiedDuringAPause(t *testing.T) {
	a := newAble(t, everything)
	late := &lateNews{a.customer, make(chan struct{})}
	a.host.Clipboard = late
	a.start()
	a.ready(everything)
	a.h.Pause()
	a.isPaused(viewer, true)
	a.customer.copy("secret")
	a.h.Resume()
	a.isPaused(viewer, false)
	a.isPaused(host, false)
	late.news <- struct{}{}
	late.news <- struct{}{} // the first has been looked at
	a.customer.copy("later")
	late.news <- struct{}{}
	a.until("the text after it", func() bool { return slices.Contains(a.clips, "later") })
	if !slices.Equal(a.clips, []string{"later"}) {
		t.Errorf("the supporter was given %q", a.clips)
	}
	a.stopHost()
	a.ends()
}
