//go:build !headless

package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

func TestStanding(t *testing.T) {
	now := time.Now()
	n := standing(session.Event{
		Phase: session.PhaseWatching, Path: session.PathRelayed, Rights: rights.Of(rights.See, rights.Logs), Words: [2]string{"a", "b"},
		Held: session.HoldObserver | session.HoldLocked, Broken: session.BrokenDesk, Since: now, Ends: now, Limit: session.LimitIdle,
		Asked: session.Asked{Rights: rights.Of(rights.Control), Reason: "why", Outcome: session.OutcomePart},
		Transfers: []session.Transfer{
			{ID: 1, Right: rights.FilesIn, Name: "a.zip", Size: 10, Moved: 4, Out: true, State: session.TransferMoving},
			{ID: 2, Right: rights.Logs, Name: "logs.txt", State: session.TransferDone},
			{ID: 4, Right: rights.FilesOut, Name: "b.txt", State: session.TransferFailed, Err: session.ErrTooLarge},
		},
	})
	if n.Phase != session.PhaseWatching || n.Path != session.PathRelayed || !n.Given.Has(rights.See, rights.Logs) || n.Words != [2]string{"a", "b"} ||
		n.Paused || !n.NoObserver || !n.Locked || !n.Broken || !n.NoDesk || !n.Since.Equal(now) || !n.Ends.Equal(now) || n.Limit != session.LimitIdle {
		t.Errorf("%+v", n)
	}
	if want := (page.Request{Rights: rights.Of(rights.Control), Reason: "why", Outcome: page.OutcomePart}); n.Asked != want {
		t.Errorf("asked %+v, want %+v", n.Asked, want)
	}
	want := []page.Moved{
		{ID: 1, Right: rights.FilesIn, Name: "a.zip", Size: 10, Done: 4, State: page.MovedUnder},
		{ID: 4, Right: rights.FilesOut, Name: "b.txt", State: page.MovedFailed, Why: session.ErrTooLarge},
	}
	if !slices.Equal(n.Moved, want) {
		t.Errorf("moved %+v, want %+v", n.Moved, want)
	}
}

// TestCancellingTheRightFile holds that what is stopped is what was meant, also
// of files of one name and size that go and come at the same time.
func TestCancellingTheRightFile(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &supporting{ctx: ctx, log: logrus.New(), window: page.Watching{
		Notify:  func(page.Standing) {},
		Offered: func(context.Context, string, int64) (string, error) { return filepath.Join(t.TempDir(), "a.txt"), nil },
	}}
	t.Cleanup(func() { cancel(); s.work.Wait() })
	type sent struct {
		ctx context.Context
		session.Outgoing
	}
	offered := make(chan sent)
	s.send = func(ctx context.Context, f session.Outgoing) error {
		offered <- sent{ctx, f}
		<-ctx.Done()
		return ctx.Err()
	}
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := map[uint32]sent{}
	for range 3 {
		if err := s.SendFile(path); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []uint32{5, 1, 3} {
		out[id] = <-offered
		out[id].Begun(id)
	}
	in := map[uint32]session.Sink{}
	for _, id := range []uint32{2, 4} {
		sink, err := s.Receive(t.Context(), session.Incoming{ID: id, Right: rights.FilesOut, Name: "a.txt", Size: 3})
		if err != nil {
			t.Fatal(err)
		}
		defer sink.Abort()
		in[id] = sink
	}
	s.Cancel(1)
	s.Cancel(4)
	s.Cancel(9)
	<-out[1].ctx.Done()
	if out[3].ctx.Err() != nil || out[5].ctx.Err() != nil {
		t.Error("another than the first is stopped")
	}
	for id, want := range map[uint32]error{2: nil, 4: errStopped} {
		if _, err := in[id].Write([]byte("one")); !errors.Is(err, want) {
			t.Errorf("a piece of %d: %v, want %v", id, err, want)
		}
	}
}

// TestAFileThatNeverWent holds that the window is told all the same.
func TestAFileThatNeverWent(t *testing.T) {
	var told page.Standing
	s := &supporting{log: logrus.New(), window: page.Watching{Notify: func(n page.Standing) { told = n }}}
	for range maxFailed + 3 {
		s.fail(page.Moved{Name: "a", Why: session.ErrTooMany})
	}
	if len(told.Moved) != maxFailed || told.Moved[0].State != page.MovedFailed || told.Moved[0].ID == told.Moved[1].ID {
		t.Errorf("told %+v", told.Moved)
	}
	if err := s.SendFile(t.TempDir()); !errors.Is(err, session.ErrCannotRead) {
		t.Errorf("a folder: %v", err)
	}
	if err := s.SendFile(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestFileSink(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(*fileSink) error
		want string // "" for no file
	}{
		"whole":   {(*fileSink).Commit, "hello"},
		"aborted": {func(f *fileSink) error { f.Abort(); return nil }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "a.txt")
			if err := os.WriteFile(path, nil, 0o600); err != nil { // the window's dialog makes it
				t.Fatal(err)
			}
			f, err := newFileSink(path)
			if err != nil {
				t.Fatal(err)
			}
			done := false
			f.done = func() { done = true }
			if _, err := f.Write([]byte("hello")); err != nil {
				t.Fatal(err)
			}
			if err := c.end(f); err != nil {
				t.Fatal(err)
			}
			left, err := os.ReadDir(folder)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := os.ReadFile(path)
			if string(text) != c.want || len(left) != min(1, len(c.want)) || !done {
				t.Errorf("%q is left of %v, done %v", text, left, done)
			}
		})
	}
	f, err := newFileSink(filepath.Join(t.TempDir(), "b.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Abort()
	f.stopped.Store(true)
	if _, err := f.Write([]byte("x")); !errors.Is(err, errStopped) {
		t.Errorf("after the stop: %v", err)
	}
}
