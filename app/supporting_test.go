//go:build !headless

package app

import (
	"context"
	"errors"
	"io"
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

// TestCancellingTheRightFile holds that what is stopped is what was meant.
func TestCancellingTheRightFile(t *testing.T) {
	var told []page.Standing
	s := &supporting{log: logrus.New(), window: page.Watching{Notify: func(n page.Standing) { told = append(told, n) }}}
	stopped := ""
	for _, h := range []struct {
		name string
		out  bool
	}{{"same.txt", true}, {"same.txt", false}, {"other.txt", true}} {
		s.begin(handed{name: h.name, out: h.out, stop: func() { stopped += h.name + map[bool]string{true: " out;", false: " in;"}[h.out] }})
	}
	s.notify(session.Event{Transfers: []session.Transfer{
		{ID: 2, Right: rights.FilesOut, Name: "same.txt", State: session.TransferOffered},
		{ID: 1, Right: rights.FilesIn, Name: "same.txt", Out: true, State: session.TransferMoving},
		{ID: 3, Right: rights.FilesIn, Name: "other.txt", Out: true, State: session.TransferMoving},
	}})
	s.Cancel(2)
	s.Cancel(3)
	s.Cancel(9)
	if want := "same.txt in;other.txt out;"; stopped != want {
		t.Errorf("stopped %q, want %q", stopped, want)
	}
	if len(told) != 1 || len(told[0].Moved) != 3 {
		t.Errorf("told %+v", told)
	}
}

// TestTwoFilesOfOneName holds that the session is offered the second when it
// has told of the first, so that what is stopped is what was meant.
func TestTwoFilesOfOneName(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &supporting{ctx: ctx, log: logrus.New(), window: page.Watching{Notify: func(page.Standing) {}}}
	type sent struct {
		ctx  context.Context
		name string
		text string
	}
	offered := make(chan sent)
	s.send = func(ctx context.Context, name string, _ int64, from io.Reader) error {
		text, err := io.ReadAll(from)
		if err != nil {
			return err
		}
		offered <- sent{ctx, name, string(text)}
		<-ctx.Done()
		return ctx.Err()
	}
	t.Cleanup(func() { cancel(); s.work.Wait() })
	give := func(text string) {
		path := filepath.Join(t.TempDir(), "log: today.txt") // which the session calls otherwise
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := s.SendFile(path); err != nil {
			t.Fatal(err)
		}
	}
	give("one")
	give("two")
	give("six")
	first := <-offered
	if first.text != "one" {
		t.Fatalf("%q is offered first", first.text)
	}
	select {
	case second := <-offered:
		t.Fatalf("%q is offered before the session has told of the first", second.text)
	default:
	}
	tell := func(ids ...uint32) {
		e := session.Event{}
		for _, id := range ids {
			e.Transfers = append(e.Transfers, session.Transfer{ID: id, Right: rights.FilesIn, Name: first.name, Size: 3, Out: true, State: session.TransferOffered})
		}
		s.notify(e)
	}
	tell(1)
	second := <-offered
	tell(1, 3)
	third := <-offered
	if second.text != "two" || third.text != "six" {
		t.Errorf("%q and %q come after the first", second.text, third.text)
	}
	s.Cancel(3)
	<-second.ctx.Done()
	if first.ctx.Err() != nil || third.ctx.Err() != nil {
		t.Error("another than the second is stopped")
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
