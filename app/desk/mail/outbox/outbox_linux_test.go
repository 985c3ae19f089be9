package outbox

import (
	"bytes"
	"errors"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/mail/mailtest"
	"github.com/beistand/beistand/app/desk/mail/parse"
)

func letter() Letter {
	return Letter{
		From: netmail.Address{Name: "Example Care", Address: "support@example.com"}, ReplyTo: "support+1.x@example.com",
		To: netmail.Address{Name: "Jörg, genannt \"J\"", Address: "anna@example.net"}, Subject: "[#1] Grüße", ID: "one@example.com", Answers: []string{"a@b", "c@d"},
		Language: "de", List: "beistand.support.example.com", Notice: true, Mark: "mark", Date: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), Plain: "Grüße\n", HTML: "<p>Grüße</p>",
	}
}

// A letter reaches a real server by every way that is spoken, and what it refuses is told apart.
func TestSend(t *testing.T) {
	s := mailtest.Start(t)
	n := 0
	for name, c := range map[string]struct{ url, password string }{
		"this machine":          {"smtp://" + s.SMTP, ""},
		"TLS":                   {"smtps://" + s.SMTPS, ""},
		"this machine, by name": {"smtp://support@" + s.Submit, mailtest.Password},
	} {
		server, err := Parse(c.url, c.password, s.Roots)
		if err != nil {
			t.Fatal(err)
		}
		line, err := server.Open(t.Context())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := line.Send(letter(), []File{{Name: "über.txt", Type: "text/plain", Content: []byte("x")}}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		n++
		got := s.Await(t, "anna", n)[n-1]
		if got.Text != "Grüße" || got.Subject != "[#1] Grüße" || len(got.Files) != 1 || got.Files[0].Name != "über.txt" || got.ID != "one@example.com" || got.Desk != "mark" {
			t.Errorf("%s:\n%s", name, got.Raw)
		}
		var refused *RefusedError
		nobody := letter()
		nobody.To.Address = "nobody@example.com"
		if err := line.Send(nobody, nil); !errors.As(err, &refused) || !strings.Contains(refused.Reason, "there is nobody here") {
			t.Errorf("%s: nobody: %v", name, err)
		}
		if err := line.Send(letter(), nil); err != nil {
			t.Errorf("%s: after a refusal: %v", name, err)
		}
		n++
		s.Await(t, "anna", n)
		later := letter()
		later.To.Address = "later@example.com"
		if err := line.Send(later, nil); err == nil || errors.As(err, &refused) {
			t.Errorf("%s: later: %v", name, err)
		}
		if err := line.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct{ url, password string }{
		"wrong password":      {"smtp://support@" + s.Submit, "wrong"},
		"nobody's signature":  {"smtps://localhost:1", ""},
		"TLS with clear text": {"smtps://" + s.SMTP, ""},
	} {
		server, err := Parse(c.url, c.password, s.Roots)
		if err != nil {
			t.Fatal(err)
		}
		if line, err := server.Open(t.Context()); err == nil {
			t.Errorf("%s: open, %v", name, line.Close())
		}
	}
	strange, err := Parse("smtps://"+s.SMTPS, "", nil) // the system does not know who signed it
	if err != nil {
		t.Fatal(err)
	}
	if line, err := strange.Open(t.Context()); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("a stranger's certificate: %v %v", line, err)
	}
}

// Nothing goes over a line in the clear but to this machine.
func TestParse(t *testing.T) {
	for url, want := range map[string]string{
		"smtp://mail.example.com": "TLSMandatory", "smtp://mail.example.com:25": "TLSMandatory", "smtp://127.0.0.1:25": "NoTLS", "smtp://localhost": "NoTLS", "smtp://[::1]:25": "NoTLS",
	} {
		s, err := Parse(url, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.client()
		if err != nil || c.TLSPolicy() != want {
			t.Errorf("%s: %s %v, want %s", url, c.TLSPolicy(), err, want)
		}
	}
	for _, url := range []string{"", "mail.example.com", "http://mail.example.com", "smtp://", "smtp://u:p@mail.example.com", "smtp://mail.example.com:0", "smtps://u@mail.example.com", "smtp://mail.example.com/x", "smtp://mail.example.com?x=y"} {
		if s, err := Parse(url, "", nil); err == nil {
			t.Errorf("%q: %+v", url, s)
		}
	}
}

// No text makes a field of a header: it is refused, or it stays in its own.
func FuzzHeader(f *testing.F) {
	f.Add("a\r\nBcc: x@example.org", "n\nX: y", "a@b\r\n c", "de\r\n\r\nbody")
	f.Add("=?utf-8?q?=0D=0ABcc:_x?=", "\"x\" <y@z>, w", "<>", "ü\u2028")
	want := []string{"MIME-Version", "Date", "From", "Reply-To", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Content-Language", "X-Beistand-Desk", "Auto-Submitted", "X-Auto-Response-Suppress", "List-Id", "Content-Type"}
	f.Fuzz(func(t *testing.T, subject, name, id, language string) {
		l := letter()
		l.Subject, l.To.Name, l.From.Name, l.Answers, l.Language = subject, name, name, []string{id}, language
		m, err := l.message(nil)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if _, err := m.WriteTo(&b); err != nil {
			return
		}
		head, _, _ := strings.Cut(b.String(), "\r\n\r\n")
		for line := range strings.SplitSeq(head, "\r\n") {
			if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") || line == "" {
				continue
			}
			field, _, ok := strings.Cut(line, ":")
			known := false
			for _, w := range want {
				known = known || strings.EqualFold(w, field)
			}
			if !ok || !known {
				t.Errorf("a field that nobody wrote: %q in\n%s", line, head)
			}
		}
		got, err := parse.Read(b.Bytes())
		if err != nil || got.Text != "Grüße" || len(got.To) != 1 || got.To[0] != "anna@example.net" {
			t.Errorf("%q %q: %v", got.To, got.Text, err)
		}
	})
}
