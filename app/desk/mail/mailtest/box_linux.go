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
	for _, folder := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(s.dir, "mail", name, folder))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		for _, e := range entries {
			paths = append(paths, filepath.Join(s.dir, "mail", name, folder, e.Name()))
		}
	}
	slices.SortFunc(paths, func(a, b string) int { return strings.Compare(filepath.Base(a), filepath.Base(b)) })
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
