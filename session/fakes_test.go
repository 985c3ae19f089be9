package session

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// machine is everything that a customer's machine can give, in memory.
type machine struct {
	tell func() // something has happened

	mu      sync.Mutex // guards the rest
	done    []string   // what was done to it, in order
	clip    string
	changed chan struct{}
	files   map[string]string // stored, by name
	aborted int
	refuses error // of the next file
	logs    io.ReadCloser
	samples int
	own     chan bool           // the customer's own mouse and keyboard
	made    func(uint32, *sink) // told what stores a file; nil: nobody is
	stuck   atomic.Bool         // one does
	block   chan struct{}       // a write to a file waits for it; nil: it does not
}

func newMachine(tell func()) *machine {
	return &machine{tell: tell, changed: make(chan struct{}, 1), own: make(chan bool), files: map[string]string{}}
}

func (m *machine) did(format string, values ...any) error {
	m.mu.Lock()
	m.done = append(m.done, fmt.Sprintf(format, values...))
	m.mu.Unlock()
	m.tell()
	return nil
}

// all is what was done, as one text.
func (m *machine) all() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return strings.Join(m.done, "; ")
}

func (m *machine) Mark(at image.Point, shown bool) error { return m.did("mark %v %v", at, shown) }
func (m *machine) Move(at image.Point) error             { return m.did("move %v", at) }
func (m *machine) Button(b uint8, down bool) error       { return m.did("button %d %v", b, down) }
func (m *machine) Wheel(dx, dy int) error                { return m.did("wheel %d %d", dx, dy) }
func (m *machine) Key(k input.Key, down bool) error      { return m.did("key %v %v", k, down) }
func (m *machine) ReleaseAll() error                     { return m.did("released") }
func (m *machine) Own(context.Context) <-chan bool       { return m.own }

func (m *machine) Read(context.Context) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.clip, nil
}

func (m *machine) Write(_ context.Context, text string) error {
	m.copy(text)
	return m.did("clip %s", text)
}

// copy is somebody copying a text.
func (m *machine) copy(text string) {
	m.mu.Lock()
	m.clip = text
	m.mu.Unlock()
	select {
	case m.changed <- struct{}{}:
	default:
	}
}

func (m *machine) Changed(context.Context) <-chan struct{} { return m.changed }

func (m *machine) Receive(_ context.Context, in Incoming) (Sink, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.refuses != nil {
		return nil, m.refuses
	}
	s := &sink{machine: m, name: in.Name}
	if m.made != nil {
		m.made(in.ID, s)
	}
	return s, nil
}

func (m *machine) Collect(_ context.Context, which rights.Right) (string, io.ReadCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.logs == nil {
		return "", nil, fmt.Errorf("there are no %s", which)
	}
	return string(which) + ".zip", m.logs, nil
}

func (m *machine) Sample(context.Context) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.samples++
	return fmt.Sprintf("load %d", m.samples), nil
}

func (m *machine) stored(name string) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	text, ok := m.files[name]
	return text, ok
}

type sink struct {
	bytes.Buffer
	machine *machine
	name    string
}

func (s *sink) Write(b []byte) (int, error) {
	s.machine.mu.Lock()
	block := s.machine.block
	s.machine.mu.Unlock()
	if block != nil {
		s.machine.stuck.Store(true)
		s.machine.tell()
		<-block
	}
	_ = s.machine.did("piece of %s", s.name)
	return s.Buffer.Write(b)
}

func (s *sink) Commit() error {
	s.machine.mu.Lock()
	s.machine.files[s.name] = s.String()
	s.machine.mu.Unlock()
	return s.machine.did("stored %s", s.name)
}

func (s *sink) Abort() {
	s.machine.mu.Lock()
	s.machine.aborted++
	s.machine.mu.Unlock()
	_ = s.machine.did("aborted %s", s.name)
}

// everything is all rights.
var everything = rights.Of(rights.All()...)

// able is a pair whose customer's machine can give everything, which the
// invitation asks for; given is the part that the customer gives at first.
type able struct {
	*pair
	customer, supporter *machine
	hostRecord          *kept
	viewerRecord        *kept
	clips, vitals       []string // what the supporter was given; guarded by mu

	answer func(context.Context, Question) Grant // to further questions; nil: no
}

func newAble(t testing.TB, given rights.Set) *able {
	p := newPair(t)
	a := &able{pair: p, customer: newMachine(p.tell), supporter: newMachine(p.tell), hostRecord: &kept{}, viewerRecord: &kept{}}
	i := invites(invite.Supporter, everything)
	p.host.Invitation, p.viewer.Invitation = i, i
	c := a.customer
	p.host.Pointer, p.host.Input, p.host.Clipboard, p.host.Files, p.host.Evidence, p.host.Vitals, p.host.SendsFiles = c, c, c, c, c, c, true
	p.host.Record, p.viewer.Record = a.hostRecord.keep, a.viewerRecord.keep
	p.viewer.Files = a.supporter
	p.viewer.Clip = func(text string) { a.got(&a.clips, text) }
	p.viewer.Vitals = func(text string) { a.got(&a.vitals, text) }
	p.host.Consent = func(ctx context.Context, q Question) (Grant, error) {
		if q.First {
			return Grant{Rights: given}, nil
		}
		if a.answer == nil {
			return Grant{}, nil
		}
		return a.answer(ctx, q), nil
	}
	return a
}

func (a *able) got(all *[]string, text string) {
	a.mu.Lock()
	*all = append(*all, text)
	a.mu.Unlock()
	a.tell()
}

// ready waits until the viewer may use these rights and, with See, has seen.
func (a *able) ready(want rights.Set) {
	a.t.Helper()
	a.until("the rights "+want.String(), func() bool {
		for _, r := range []role{host, viewer} {
			if a.last[r].Rights != want || a.last[r].Path == "" {
				return false
			}
		}
		return !want.Has(rights.See) || a.updates > 0
	})
}

// lie sends what an honest viewer would not.
func (a *able) lie(messages ...wire.Message) {
	a.t.Helper()
	for _, m := range messages {
		if h, ok := m.(*wire.Hand); ok { // the viewer takes the answer for one to a thing of its own
			a.v.running.Load().handing.skip(h.ID)
		}
		if _, err := a.v.running.Load().out.put(a.t.Context(), parcel{message: m}); err != nil {
			a.t.Fatal(err)
		}
	}
}

// does waits until this was done to a machine.
func (a *able) does(m *machine, what string) {
	a.t.Helper()
	a.until(what, func() bool { return strings.Contains(m.all(), what) })
}

// skip makes it look as if this number and those before it had been drawn.
func (h *handing) skip(id uint32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next = max(h.next, id+2-(id+h.next)%2)
}

// String is the record as it is by now.
func (k *kept) String() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.text.String()
}

// event is the newest that a side was told.
func (p *pair) event(r role) Event {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last[r]
}
