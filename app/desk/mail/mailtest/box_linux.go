package mailtest

import (
	"errors"
	"io/fs"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/mail/parse"
)

// Letter is a mail that somebody has got.
type Letter struct {
	parse.Message
	Raw string // as it came
}

// Header is a field as it came, without its name; several are joined.
func (l Letter) Header(name string) string {
	head, _, _ := strings.Cut(l.Raw, "\n\n")
	var out []string
	open := false
	for line := range strings.SplitSeq(head, "\n") {
		switch before, value, ok := strings.Cut(line, ":"); {
		case strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t"):
			if open {
				out[len(out)-1] += line
			}
		case ok && strings.EqualFold(before, name):
			out, open = append(out, strings.TrimSpace(value)), true
		default:
			open = false
		}
	}
	return strings.Join(out, "\n")
}

// Box gives all that somebody has got, the oldest first.
func (s *Server) Box(t testing.TB, name string) []Letter {
	t.Helper()
	var all []Letter
	var paths []string
	came := map[string]time.Time{}
	for _, folder := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(s.dir, "mail", name, folder))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		for _, e := range entries {
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) { // it was moved just now
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(s.dir, "mail", name, folder, e.Name())
			paths, came[path] = append(paths, path), info.ModTime()
		}
	}
	slices.SortFunc(paths, func(a, b string) int { return came[a].Compare(came[b]) })
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) { // it was moved just now
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		m, err := parse.Read(raw)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Letter{m, strings.ReplaceAll(string(raw), "\r\n", "\n")})
	}
	return all
}

// Await gives all that somebody has got, once it is n mails.
func (s *Server) Await(t testing.TB, name string, n int) []Letter {
	t.Helper()
	var all []Letter
	Within(t, func() bool { all = s.Box(t, name); return len(all) >= n })
	if len(all) != n {
		t.Fatalf("%s has %d mails, not %d", name, len(all), n)
	}
	return all
}

// Send hands a message over as any program would.
func (s *Server) Send(t testing.TB, from, to, message string) {
	t.Helper()
	c, err := smtp.Dial(s.SMTP)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() // after Quit it is closed already
	if err := errors.Join(c.Mail(from), c.Rcpt(to)); err != nil {
		t.Fatal(err)
	}
	w, err := c.Data()
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Write([]byte(strings.ReplaceAll(message, "\n", "\r\n")))
	if err := errors.Join(err, w.Close(), c.Quit()); err != nil {
		t.Fatal(err)
	}
}

// Flagged waits until somebody has n mails with just these flags (S: seen, F: flagged, in this order of letters).
func (s *Server) Flagged(t testing.TB, name, flags string, n int) {
	t.Helper()
	Within(t, func() bool {
		count := 0
		for _, folder := range []string{"new", "cur"} {
			entries, err := os.ReadDir(filepath.Join(s.dir, "mail", name, folder))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			for _, e := range entries {
				_, has, _ := strings.Cut(e.Name(), ":2,")
				if has == flags {
					count++
				}
			}
		}
		return count == n
	})
}

// Empty deletes what somebody has got.
func (s *Server) Empty(t testing.TB, name string) {
	t.Helper()
	for _, folder := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(s.dir, "mail", name, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if err := os.Remove(filepath.Join(s.dir, "mail", name, folder, e.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
}
