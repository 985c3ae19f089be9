package session

import (
	"bytes"
	"context"
	"errors"
	"image"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/screen/screentest"
)

// kept is a record in memory.
type kept struct {
	mu   sync.Mutex // guards what follows
	text bytes.Buffer
	fail int // the line from which on nothing is kept; 0 is none
	n    int
}

var errDisk = errors.New("the disk is full")

func (k *kept) keep(line []byte) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.n++; k.fail > 0 && k.n >= k.fail {
		return errDisk
	}
	k.text.Write(line)
	k.text.WriteByte('\n')
	return nil
}

// says whether an entry tells this.
func (k *kept) says(what record.What) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return bytes.Contains(k.text.Bytes(), []byte(`"what":"`+string(what)+`"`))
}

// read gives the record, which must hold.
func (k *kept) read(t *testing.T) *record.Chain {
	t.Helper()
	c, err := record.Read(bytes.NewReader(k.text.Bytes()))
	if err != nil {
		t.Fatalf("the record does not hold: %v\n%s", err, k.text.String())
	}
	return c
}

func recorded(t *testing.T) (p *pair, host, viewer *kept) {
	p, host, viewer = newPair(t), &kept{}, &kept{}
	p.host.Record = host.keep
	p.viewer.Record = func(line []byte) error {
		defer p.tell()
		return viewer.keep(line)
	}
	return p, host, viewer
}

// Both sides have the same record, up to the customer's goodbye, and the
// supporter's program has signed it before the first picture.
func TestRecordIsTheSame(t *testing.T) {
	p, host, viewer := recorded(t)
	p.start()
	for n := range byte(2) {
		want := screentest.Pattern(image.Rect(0, 0, 320, 200), 1+n)
		p.screen.Paint(want)
		p.sees(want)
	}
	p.until("the record to say that it has begun", func() bool { return viewer.says(record.Started) })
	p.stopHost()
	p.ends()
	h, v := host.read(t), viewer.read(t)
	if verdict, at := record.Compare(h, v); verdict != record.Same || at < 5 || !h.Ended() {
		t.Errorf("the copies: %v at %d, ended %v\n%s\n%s", verdict, at, h.Ended(), host.text.String(), viewer.text.String())
	}
	if h.Countersigned() < 3 {
		t.Errorf("the customer's copy is countersigned up to %d", h.Countersigned())
	}
	if v.Countersigned() != v.Len() {
		t.Errorf("the supporter's copy is countersigned up to %d of %d", v.Countersigned(), v.Len())
	}
	if f := h.First(); f.Session != invitation.ID || f.Ticket != invitation.Ticket || f.Supporter != invitation.Supporter {
		t.Errorf("it is a record of %+v", f)
	}
	if l := h.Last(); l.By != record.Customer || l.Reason != "ended by the customer" || l.Pictures == 0 || l.Bytes == 0 {
		t.Errorf("it ends with %+v", l)
	}
}

func TestRecordOfEnds(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*pair)
		last   []record.What
		by     string
	}{
		"refused": {func(p *pair) {
			p.host.Consent = func(context.Context, Question) (Grant, error) { return Grant{}, nil }
		}, []record.What{record.Asked, record.Agreed, record.Refused, record.Ended}, record.Customer},
		"wrong code": {func(p *pair) { p.code = another }, []record.What{record.Asked, record.Ended}, record.Supporter},
	} {
		t.Run(name, func(t *testing.T) {
			p, host, viewer := recorded(t)
			test.change(p)
			p.start()
			p.ends()
			h := host.read(t)
			var got []record.What
			lines, err := record.Lines(host.text.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range []record.What{record.Asked, record.Agreed, record.Granted, record.Refused, record.Started, record.Ended} {
				if slices.ContainsFunc(lines, func(l []byte) bool { return bytes.Contains(l, []byte(`"what":"`+string(w)+`"`)) }) {
					got = append(got, w)
				}
			}
			if !slices.Equal(got, test.last) || h.Last().By != test.by || !h.Ended() {
				t.Errorf("it tells %v, by %s, want %v by %s", got, h.Last().By, test.last, test.by)
			}
			if name == "wrong code" && viewer.n != 0 {
				t.Error("who did not know the code was told the record")
			}
		})
	}
}

// A record that cannot be kept ends the session, before a picture when it is
// so before, and both are told.
func TestRecordCannotBeKept(t *testing.T) {
	for name, at := range map[string]func(host, viewer *kept){
		"the first entry": func(h, _ *kept) { h.fail = 1 },
		"the agreement":   func(h, _ *kept) { h.fail = 2 },
		"the yes":         func(h, _ *kept) { h.fail = 4 }, // after the agreement's countersignature
		"the copy":        func(_, v *kept) { v.fail = 2 },
	} {
		t.Run(name, func(t *testing.T) {
			p, host, viewer := recorded(t)
			at(host, viewer)
			if name == "the first entry" {
				h, err := NewHost(p.host)
				if err != nil {
					t.Fatal(err)
				}
				end, err := h.Run(t.Context())
				result{end, err}.check(t, "host", ErrNoRecord, ByCustomer)
				return
			}
			p.start()
			h, v := p.ends()
			by := ByCustomer
			if name == "the copy" {
				by = BySupporter
			}
			h.check(t, "host", ErrNoRecord, by)
			v.check(t, "viewer", ErrNoRecord, by)
			if p.updates != 0 {
				t.Error("a picture was shown")
			}
		})
	}
}

// An end that cannot be kept is said, though the session was in good order.
func TestEndCannotBeKept(t *testing.T) {
	p, host, _ := recorded(t)
	p.host.Record = func(line []byte) error { defer p.tell(); return host.keep(line) }
	p.start()
	p.until("the start, countersigned, being kept", func() bool { // four entries and three signatures
		host.mu.Lock()
		defer host.mu.Unlock()
		return host.n == 7
	})
	host.mu.Lock()
	host.fail = 1
	host.mu.Unlock()
	p.stopHost()
	h, v := p.ends()
	h.check(t, "host", ErrNoRecord, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
}

// signedBoth fails unless both copies are the same, ended, and signed to the end.
func signedBoth(t *testing.T, host, viewer *kept, by string) {
	t.Helper()
	h, v := host.read(t), viewer.read(t)
	if verdict, _ := record.Compare(h, v); verdict != record.Same || !h.Ended() || !v.Ended() {
		t.Errorf("the copies: %v, ended %v and %v\n%s\n%s", verdict, h.Ended(), v.Ended(), host.text.String(), viewer.text.String())
	}
	if h.Countersigned() != h.Len() || v.Countersigned() != v.Len() {
		t.Errorf("the customer's copy is signed up to %d of %d, the supporter's up to %d of %d", h.Countersigned(), h.Len(), v.Countersigned(), v.Len())
	}
	if h.Last().By != by {
		t.Errorf("it was ended by %q, want %q", h.Last().By, by)
	}
}

// Whoever stops, the last entry is told and signed before both leave, and no
// picture is shown after a stop.
func TestTheEndIsSigned(t *testing.T) {
	for name, test := range map[string]struct {
		stop func(*pair)
		by   string
	}{
		"the supporter stops": {func(p *pair) { p.stopViewer() }, record.Supporter},
		"the customer stops":  {func(p *pair) { p.stopHost() }, record.Customer},
		"while it is paused":  {func(p *pair) { p.h.Pause(); p.stopViewer() }, record.Supporter},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, host, viewer := recorded(t)
			p.host.part, p.viewer.part = time.Minute, time.Minute // also on a busy machine
			p.start()
			before := screentest.Pattern(image.Rect(0, 0, 320, 200), 1)
			p.sees(before)
			test.stop(p)
			p.screen.Paint(screentest.Pattern(image.Rect(0, 0, 320, 200), 2)) // must not be seen
			h, v := p.ends()
			h.check(t, "host", nil, test.by)
			v.check(t, "viewer", nil, test.by)
			signedBoth(t, host, viewer, test.by)
			if !slices.Equal(p.shown.Pix, before.Pix) {
				t.Error("a picture was shown that was painted after the stop")
			}
		})
	}
}

// There is no data channel yet: the end is signed through the desk.
func TestTheEndIsSignedBeforeTheyConnect(t *testing.T) {
	for name, by := range map[string]string{"the supporter stops": record.Supporter, "the customer refuses": record.Customer} {
		t.Run(name, func(t *testing.T) {
			p, host, viewer := recorded(t)
			p.host.part, p.viewer.part = time.Minute, time.Minute
			p.host.Consent = func(ctx context.Context, _ Question) (Grant, error) {
				if by == record.Supporter {
					p.stopViewer()
					<-ctx.Done()
				}
				return Grant{}, nil
			}
			p.start()
			p.ends()
			signedBoth(t, host, viewer, by)
		})
	}
}

// A supporter's program that says nothing holds the customer's end up for a
// moment only; one whose disk is slow signs for its own copy.
func TestTheEndIsNotSigned(t *testing.T) {
	p, host, viewer := recorded(t)
	over := make(chan struct{})
	p.viewer.Record = func(line []byte) error {
		if bytes.Contains(line, []byte(`"what":"ended"`)) {
			<-over
		}
		return viewer.keep(line)
	}
	p.start()
	p.sees(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))
	p.stopViewer()
	h := <-p.hostDone
	close(over)
	h.check(t, "host", nil, BySupporter)
	(<-p.viewerDone).check(t, "viewer", nil, BySupporter)
	c, v := host.read(t), viewer.read(t)
	if !c.Ended() || c.Countersigned() != c.Len()-1 {
		t.Errorf("the customer's copy ended %v, is signed up to %d of %d", c.Ended(), c.Countersigned(), c.Len())
	}
	if !v.Ended() || v.Countersigned() != v.Len() {
		t.Errorf("the supporter's copy ended %v, is signed up to %d of %d", v.Ended(), v.Countersigned(), v.Len())
	}
}
