package collect

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	gohost "github.com/shirou/gopsutil/v3/host"
)

// script makes a program of sh lines.
func script(t *testing.T, lines string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+lines), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSystemLog(t *testing.T) {
	const entry = `echo "2026-03-04T05:06:07+0000 host program: text"`
	syslog := write(t, "syslog", "from syslog\n")
	absentFile := filepath.Join(t.TempDir(), "none")
	cases := map[string]struct {
		program, file string
		lines         int
		want          string // the log
		cut, err      string
	}{
		"journal":         {entry, syslog, 10, "2026-03-04T05:06:07+0000 host program: text\n", "", ""},
		"C locale":        {`echo "$LC_ALL"`, syslog, 10, "C.UTF-8\n", "", ""},
		"not UTF-8":       {`printf 'a\377b\n'`, syslog, 10, "a\uFFFDb\n", "", ""},
		"not all":         {entry + `; echo "Hint: You are currently not seeing messages from other users and the system." >&2`, syslog, 10, "2026-03-04T05:06:07+0000 host program: text\n", "messages of the system and of other people could not be read", ""},
		"full":            {"echo a; echo b", syslog, 2, "a\nb\n", "only the last 2 lines are here", ""},
		"empty journal":   {`echo "-- No entries --"`, syslog, 10, "from syslog\n", "", ""},
		"broken journal":  {`echo "it is broken" >&2; exit 1`, syslog, 10, "from syslog\n", "", ""},
		"broken, no file": {`echo "it is broken" >&2; exit 1`, absentFile, 10, "", "", "it is broken"},
		"nothing":         {"", absentFile, 10, "", "", "this system keeps no log that could be read"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := &memSink{}
			l := systemLog{
				programs: []logProgram{{path: systemLogPath, source: "journalctl", program: script(t, c.program), lines: c.lines}},
				files:    []string{absentFile, c.file},
			}
			err := l.Collect(t.Context(), s)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) || len(s.files) > 0 {
					t.Errorf("%v, %v", err, s.paths())
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if f := s.only(t); f.String() != c.want || f.Cut != c.cut {
				t.Errorf("%q, cut %q", f.String(), f.Cut)
			}
		})
	}
}

func TestNoJournalctl(t *testing.T) {
	l := systemLog{programs: []logProgram{{program: "no-such-program"}, {program: "/no/such/program"}}}
	if err := l.Collect(t.Context(), &memSink{}); !errors.Is(err, ErrAbsent) {
		t.Error(err)
	}
}

// TestOutputIsBounded has a program write more than is kept.
func TestOutputIsBounded(t *testing.T) {
	out, err := run(t.Context(), 1000, script(t, `i=0; while [ $i -lt 5000 ]; do echo "line $i"; echo error >&2; i=$((i+1)); done`))
	if err != nil {
		t.Fatal(err)
	}
	text := string(out.bytes())
	if len(text) != 1000 || !strings.HasSuffix(text, "line 4998\nline 4999\n") || out.dropped == 0 || cap(out.buf) > 200_000 || len(out.said) > maxSaid {
		t.Errorf("%d bytes, %d dropped, room for %d", len(text), out.dropped, cap(out.buf))
	}
}

// TestHangingProgram ends a program with its child, which would live on.
func TestHangingProgram(t *testing.T) {
	note := filepath.Join(t.TempDir(), "child")
	program := script(t, "sleep 1000 & echo $! > "+note+".part; mv "+note+".part "+note+"; wait")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := run(ctx, 1000, program)
		ended <- err
	}()
	await(t, func() bool { _, err := os.Stat(note); return err == nil })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	text, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	child, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	await(t, func() bool { return gone(child) })
}

// gone says whether a process has ended, if only nobody has asked for its end yet.
func gone(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return true
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ")
}

// await waits until a condition holds.
func await(t *testing.T, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	late := time.After(30 * time.Second)
	for !holds() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatal("it did not happen")
		}
	}
}

func TestUsers(t *testing.T) {
	missing := func(context.Context) ([]gohost.UserStat, error) { return nil, &fs.PathError{Err: fs.ErrNotExist} }
	s := &memSink{}
	u := users{utmp: missing, loginctl: script(t, `echo " 2 1000 anna seat0 tty2"; echo "c3 1001 bernd - -"`)}
	if err := u.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if text := s.only(t).String(); !strings.Contains(text, `"anna"`) || !strings.Contains(text, `"bernd"`) {
		t.Error(text)
	}
	s = &memSink{}
	u = users{utmp: func(context.Context) ([]gohost.UserStat, error) {
		return []gohost.UserStat{{User: "anna", Terminal: "tty2", Started: 1_700_000_000}}, nil
	}}
	if err := u.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if text := s.only(t).String(); !strings.Contains(text, `"anna"`) || !strings.Contains(text, "2023-11-1") {
		t.Error(text)
	}
	s = &memSink{}
	u = users{}
	if err := u.Collect(t.Context(), s); err != nil || !strings.Contains(s.only(t).String(), "only the present user") {
		t.Error(s.only(t).String(), err)
	}
	u = users{utmp: missing, loginctl: "no-such-program"}
	if err := u.Collect(t.Context(), s); !errors.Is(err, ErrAbsent) {
		t.Error(err)
	}
}

// painted is a host with monitors of one colour each.
type painted []string

func (p painted) Grab(context.Context) ([]Screenshot, error) {
	var all []Screenshot
	for i, name := range p {
		m := image.NewRGBA(image.Rect(0, 0, 30, 20))
		for j := range m.Pix {
			m.Pix[j] = 0xff
		}
		m.Set(7, 8, color.RGBA{R: uint8(i + 1), A: 0xff})
		all = append(all, Screenshot{Name: name, Image: m})
	}
	return all, nil
}

func TestScreens(t *testing.T) {
	s := &memSink{}
	if err := (screens{grabber: painted{"HDMI-1", "../DP 2"}}).Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.paths(), " "); got != "screens/1-HDMI-1.png screens/2-_DP_2.png" {
		t.Error(got)
	}
	f := s.files["screens/2-_DP_2.png"]
	m, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := m.At(7, 8).RGBA(); r>>8 != 2 || f.Source != "../DP 2" || f.Title != titleScreenshot || !f.closed {
		t.Errorf("%v: %+v", m.At(7, 8), f.FileInfo)
	}
	for _, none := range []Screens{nil, painted{}} {
		if err := (screens{grabber: none}).Collect(t.Context(), s); !errors.Is(err, ErrNoScreen) || !errors.Is(err, ErrAbsent) {
			t.Error(err)
		}
	}
}
