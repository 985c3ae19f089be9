package session

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// noise does not compress, and is another for every size.
func noise(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{byte(n)})
	_, _ = r.Read(b) // it has no error
	return b
}

// send hands a file over in the background.
func send(how sends, name string, b []byte) chan error {
	done := make(chan error, 1)
	go func() {
		done <- how(context.Background(), Outgoing{Name: name, Size: int64(len(b)), From: bytes.NewReader(b)})
	}()
	return done
}

type sends func(context.Context, Outgoing) error

// Files go each way, also of no bytes and of many windows, arrive as they are,
// under a name and nothing else, and stand in the record before they are whole.
func TestFiles(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	for _, size := range []int{0, 1, wire.MaxPiece, wire.Window + 1, 40*wire.MaxPiece + 7} {
		b := noise(size)
		name := fmt.Sprint("n", size)
		for way, done := range map[string]chan error{"in": send(a.v.SendFile, "../../"+name, b), "out": send(a.h.SendFile, `C:\`+name, b)} {
			if err := <-done; err != nil {
				t.Fatalf("%d bytes %s: %v", size, way, err)
			}
		}
		for way, m := range map[string]*machine{"in": a.customer, "out": a.supporter} {
			if got, ok := m.stored(name); !ok || got != string(b) {
				t.Errorf("%d bytes %s arrived as %d, %v", size, way, len(got), ok)
			}
		}
		if sum := fmt.Sprintf("%x", sha256.Sum256(b)); strings.Count(a.hostRecord.String(), sum) != 2 {
			t.Errorf("%d bytes: the record does not have them twice", size)
		}
	}
	a.until("all being told", func() bool {
		return len(a.last[host].Transfers) == 10 && a.last[host].Transfers[9].State == TransferDone
	})
	a.stopHost()
	a.ends()
	a.hostRecord.read(t)
}

// A pause holds files up and loses nothing of them; what is taken back ends
// them at once on both sides, and a name is told for each reason.
func TestFilesPausedAndTakenBack(t *testing.T) {
	for name, way := range map[string]struct {
		right rights.Right
		from  func(*able) sends
		to    func(*able) *machine
	}{
		"in":  {rights.FilesIn, func(a *able) sends { return a.v.SendFile }, func(a *able) *machine { return a.customer }},
		"out": {rights.FilesOut, func(a *able) sends { return a.h.SendFile }, func(a *able) *machine { return a.supporter }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAble(t, everything)
			a.start()
			a.ready(everything)
			b := noise(60 * wire.MaxPiece)
			done := send(way.from(a), "big", b)
			for range 3 {
				a.does(way.to(a), "piece of big")
				a.h.Pause()
				a.isPaused(viewer, true)
				a.h.Resume()
				a.isPaused(viewer, false)
			}
			if err := <-done; err != nil {
				t.Fatalf("after pauses: %v", err)
			}
			if got, _ := way.to(a).stored("big"); got != string(b) {
				t.Errorf("%d bytes arrived, or others", len(got))
			}
			stuck := make(chan struct{})
			m := way.to(a)
			m.mu.Lock()
			m.block = stuck
			m.mu.Unlock()
			done = send(way.from(a), "never", b)
			a.until("the file under way", func() bool {
				all := a.last[host].Transfers
				return len(all) == 2 && all[1].State == TransferMoving
			})
			go close(stuck)
			a.h.Revoke(rights.Of(way.right))
			before := strings.Count(m.all(), "piece of never")
			if err := <-done; !errors.Is(err, ErrNoRight) {
				t.Errorf("taken back: %v, want %v", err, ErrNoRight)
			}
			a.does(m, "aborted never")
			if after := strings.Count(m.all(), "piece of never"); name == "in" && after != before {
				t.Errorf("%d pieces were stored after the right was taken back", after-before)
			}
			if err := <-send(way.from(a), "no", nil); !errors.Is(err, ErrNoRight) {
				t.Errorf("without the right: %v, want %v", err, ErrNoRight)
			}
			a.stopHost()
			a.ends()
			whole, cut := 1, 0
			if name == "out" { // what had left of it is with the supporter
				cut = 1
			}
			all, off := strings.Count(a.hostRecord.String(), `"what":"`+string(record.File)), strings.Count(a.hostRecord.String(), record.CutShort)
			if all-off != whole || off != cut {
				t.Errorf("the record has %d files, %d of them broken off", all, off)
			}
		})
	}
}

// Why a file does not arrive is told to who sends it.
func TestFilesRefused(t *testing.T) {
	a := newAble(t, everything)
	a.customer.refuses = errors.New("not this one")
	a.start()
	a.ready(everything)
	if err := <-send(a.v.SendFile, "a", nil); !errors.Is(err, ErrNotWanted) {
		t.Errorf("not wanted: %v", err)
	}
	if err := a.v.SendFile(t.Context(), Outgoing{Name: "a", Size: wire.MaxFile + 1}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	a.customer.mu.Lock()
	a.customer.refuses = nil
	a.customer.mu.Unlock()
	if err := a.v.SendFile(t.Context(), Outgoing{Name: "a", Size: 10, From: strings.NewReader("short")}); !errors.Is(err, ErrCannotRead) {
		t.Errorf("shorter than said: %v", err)
	}
	if err := a.v.SendFile(t.Context(), Outgoing{Name: "a", Size: 2, From: strings.NewReader("longer")}); !errors.Is(err, ErrCannotRead) {
		t.Errorf("longer than said: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.v.SendFile(ctx, Outgoing{Name: "a", Size: 0, From: strings.NewReader("")}); !errors.Is(err, ErrNotWanted) && !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	a.stopViewer()
	a.ends()
	if err := a.v.SendFile(t.Context(), Outgoing{Name: "a", Size: 0, From: strings.NewReader("")}); !errors.Is(err, ErrOver) {
		t.Errorf("afterwards: %v", err)
	}
}

// Two files of one name and size, each way at the same time, are told apart:
// who sends, who stores and who is told of it have one number for each.
func TestFilesOfOneName(t *testing.T) {
	a := newAble(t, everything)
	stored, stuck := map[uint32]*sink{}, make(chan struct{})
	release := sync.OnceFunc(func() { close(stuck) })
	defer release()
	for from, m := range map[role]*machine{host: a.supporter, viewer: a.customer} {
		m.block = stuck // all are under way at once
		m.made = func(id uint32, s *sink) {
			if id%2 != map[role]uint32{host: 0, viewer: 1}[from] {
				t.Errorf("file %d comes from role %d", id, from)
			}
			a.mu.Lock()
			stored[id] = s
			a.mu.Unlock()
			a.tell()
		}
	}
	a.start()
	a.ready(everything)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	begun := map[uint32]byte{}
	var all sync.WaitGroup
	for i, how := range []sends{a.h.SendFile, a.h.SendFile, a.v.SendFile, a.v.SendFile} {
		b := []byte{byte(i)}
		all.Go(func() {
			err := how(ctx, Outgoing{Name: "a", Size: 1, From: bytes.NewReader(b), Begun: func(id uint32) {
				if e := a.event(role(i / 2)); slices.ContainsFunc(e.Transfers, func(t Transfer) bool { return t.ID == id }) {
					t.Errorf("file %d was told of before it has begun", id)
				}
				a.mu.Lock()
				begun[id] = b[0]
				a.mu.Unlock()
			}})
			if err != nil {
				t.Errorf("file %d: %v", i, err)
			}
		})
	}
	a.until("all under way", func() bool { return len(stored) == 4 })
	release()
	all.Wait()
	a.stopHost()
	a.ends()
	for id, s := range stored {
		if got := s.Bytes(); !bytes.Equal(got, []byte{begun[id]}) {
			t.Errorf("file %d arrived as %v, it was sent as %v", id, got, begun[id])
		}
		for _, r := range []role{host, viewer} {
			if e := a.event(r); len(e.Transfers) > 0 && !slices.ContainsFunc(e.Transfers, func(t Transfer) bool { return t.ID == id }) {
				t.Errorf("role %d is not told of file %d", r, id)
			}
		}
	}
}

// A sender that lies about a file it may send is found out.
func TestFilesLies(t *testing.T) {
	hand := &wire.Hand{ID: 1, Right: rights.FilesIn, Size: 100, Name: "a"}
	piece := func(offset uint64, n int) *wire.Piece {
		return &wire.Piece{ID: 1, Offset: offset, Data: make([]byte, n)}
	}
	for name, lies := range map[string][]wire.Message{
		"a gap":                {piece(1, 10)},
		"twice":                {piece(0, 10), piece(0, 10)},
		"more than said":       {piece(0, 101)},
		"an end too soon":      {piece(0, 99), &wire.Done{ID: 1}},
		"an end without bytes": {&wire.Done{ID: 1}},
		"accepts itself":       {&wire.Accept{ID: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAble(t, everything)
			a.start()
			a.ready(everything)
			a.lie(hand)
			a.until("the file being taken", func() bool {
				all := a.last[host].Transfers
				return len(all) == 1 && all[0].State == TransferMoving
			})
			a.lie(lies...)
			h, _ := a.ends()
			h.check(t, "host", ErrTampered, ByNetwork)
			if _, ok := a.customer.stored("a"); ok {
				t.Error("it was stored")
			}
		})
	}
	t.Run("a wrong sum", func(t *testing.T) {
		a := newAble(t, everything)
		a.start()
		a.ready(everything)
		a.lie(hand)
		a.until("the file being taken", func() bool {
			all := a.last[host].Transfers
			return len(all) == 1 && all[0].State == TransferMoving
		})
		a.lie(piece(0, 100))
		a.does(a.customer, "piece of a")
		a.until("all of it", func() bool { return a.last[host].Transfers[0].Moved == 100 || a.sums() })
		a.lie(&wire.Done{ID: 1, SHA256: [32]byte{1}})
		a.does(a.customer, "aborted a")
	})
}

// sums gets the window told how far transfers are.
func (a *able) sums() bool {
	a.h.running.Load().handing.dirty.Store(true)
	a.h.wake.up()
	return false
}
