package diag

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/beistand/beistand/diag/bundle"
)

// TestBadInput runs over everything at once that a machine can hold against a
// run, as somebody who may not do everything: it ends in time, everything else
// is there, and every gap is named.
func TestBadInput(t *testing.T) {
	for _, name := range []string{"LC_ALL", "LANG", "LC_CTYPE"} {
		t.Setenv(name, "de_DE.ISO-8859-1")
	}
	dir := t.TempDir()
	for up := dir; up != os.TempDir(); up = filepath.Dir(up) {
		os.Chmod(up, 0o755)
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	file := func(name, text string, mode os.FileMode) string {
		t.Helper()
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(at(name), mode); err != nil {
			t.Fatal(err)
		}
		return at(name)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const line = "2016-11-20 09:14:03 Gr\xfc\xdfe aus dem falschen Jahr\n" // ten years ago, as its clock had it
	file("good.log", line, 0o644)
	file("closed.log", "text\n", 0)
	file("sparse.log", "the beginning\n", 0o644)
	must(os.Truncate(at("sparse.log"), 20<<30))
	must(syscall.Mkfifo(at("pipe.log"), 0o666))
	must(os.Symlink("ring.log", at("ring.log")))
	must(os.Mkdir(at("folder.log"), 0o755))
	file("bomb.log.gz", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03 and no more", 0o644)
	must(os.Mkdir(at("loop"), 0o755))
	must(os.Symlink("..", at("loop/loop")))
	file("loop/one.xml", "<one/>", 0o644)
	file("hangs", "#!/bin/sh\ntrap '' TERM INT HUP\nprintf 'Gr\\374\\337e\\n'\nwhile :; do sleep 1; done\n", 0o755)
	must(os.Mkdir(at("out"), 0o755))
	must(os.Chmod(at("out"), 0o777)) // the bundle's own folder
	file("growing.log", "the beginning\n", 0o666)

	o := Options{Profile: BuiltinProfile(), MaxTime: 16 * time.Second, MaxSize: 64 << 20}
	for _, name := range []string{"good.log", "closed.log", "sparse.log", "pipe.log", "ring.log", "folder.log", "bomb.log.gz", "growing.log", "missing.log"} {
		o.Profile.Logs = append(o.Profile.Logs, Log{Path: at(name)})
	}
	o.Profile.Exports = []Place{{Path: at("loop/**/*.xml")}}
	o.Profile.Commands = []Command{{Path: at("hangs"), Timeout: time.Minute}}

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // that it is met at all would be the fault
	defer cancel()
	var writing sync.WaitGroup
	stop := make(chan struct{})
	writing.Go(func() {
		f, err := os.OpenFile(at("growing.log"), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return
		}
		defer f.Close()
		for i := 0; i < 1_000_000; i++ { // no more than 30 MB
			select {
			case <-stop:
				return
			default:
				fmt.Fprintf(f, "line %d while it is read\n", i)
			}
		}
	})
	path := at("out/case.zip")
	var m *bundle.Manifest
	asNobody(t, func() {
		var err error
		if m, err = Run(ctx, path, o, nil); err != nil {
			t.Error(err)
		}
	})
	close(stop)
	writing.Wait()
	got := verified(t, path)
	if m == nil || len(got.Files) != len(m.Files) {
		t.Fatalf("%+v", m)
	}
	all := outcomes(got)
	if budget := Plan(o); len(all) != len(budget.Collectors) {
		t.Errorf("%d outcomes of %d collectors", len(all), len(budget.Collectors))
	}
	for name, c := range map[string]struct {
		state bundle.State
		says  string
	}{
		"log-1": {bundle.OK, ""}, "log-2": {bundle.Failed, "permission denied"}, "log-3": {bundle.Cut, "zero bytes at its end are left out"},
		"log-4": {bundle.Failed, "is no file but a named pipe"}, "log-5": {bundle.Failed, "too many levels of symbolic links"},
		"log-6": {bundle.Failed, "is no file but a folder"}, "log-7": {bundle.Failed, "cannot be unpacked"}, "log-9": {bundle.Skipped, "there is no file"},
		"command-1": {bundle.TimedOut, "the time for collecting was over"},
	} {
		if o := all[name]; o.State != c.state || !strings.Contains(o.Error, c.says) {
			t.Errorf("%s: %+v", name, o)
		}
	}
	if grew := all["log-8"]; grew.Files != 1 || grew.State != bundle.OK && grew.State != bundle.Cut {
		t.Errorf("%+v", grew)
	}
	if found := all["exports"]; found.Files < 2 {
		t.Errorf("a folder that leads to itself: %+v", found)
	}
	texts := map[string]bool{}
	for _, f := range got.Files {
		texts[f.Path] = true
	}
	for _, want := range []string{"system/host.json", "system/folders.json", "logs/1-good.log", "logs/3-sparse.log", "commands/1-hangs.log"} {
		if !texts[want] {
			t.Errorf("%s is missing", want)
		}
	}
	for _, o := range got.Collectors {
		if o.State != bundle.OK && o.Error == "" {
			t.Errorf("%s: nothing is said of the gap", o.Name)
		}
	}
}

// asNobody runs f without an administrator's right to read everything.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() == 0 {
		if err := syscall.Seteuid(65534); err != nil {
			t.Fatal(err)
		}
		defer syscall.Seteuid(0)
	}
	f()
}
