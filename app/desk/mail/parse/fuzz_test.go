package parse_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/wneessen/go-mail"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/mail/parse"
)

func replace(s, old, new string) string { return strings.ReplaceAll(s, old, new) }

// clean says whether a text may be kept and shown.
func clean(s string, several bool) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && !(several && (r == '\n' || r == '\t')) || unicode.Is(unicode.Bidi_Control, r)
	})
}

// Whatever comes, what is read of it is bounded and clean, and reading a second time gives the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(head + "\nText\n"))
	f.Add(crlf(replace(report, "ACTION", "failed")))
	f.Add(crlf(head + "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\nContent-Type: text/html; charset=koi8-r\n\n<blockquote><a href=x>y<ol><li>z</blockquote>\n--b--\n"))
	f.Add(crlf(head + "Content-Type: text/calendar\n\nBEGIN:VEVENT\nDTSTART;TZID=x:20260302T120000\nSUMMARY:a\n b\nEND:VEVENT\n"))
	f.Add([]byte("Content-Type: message/rfc822; name=\"../a\"\nContent-Disposition: attachment; filename*0=a; filename*1=b\n\nSubject: x\n\ny"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := parse.Read(raw)
		if err != nil {
			return
		}
		for _, s := range []string{m.Subject, m.From.Name, m.From.Address, m.ID, m.Languages, m.ReplyTo.Address} {
			if !clean(s, false) {
				t.Errorf("line %q", s)
			}
		}
		for _, s := range []string{m.Text, m.Quoted, m.Signature} {
			if !clean(s, true) {
				t.Errorf("text %q", s)
			}
		}
		if utf8.RuneCountInString(m.Text) > api.MaxDescription || len(m.Files) > api.MaxEntryFiles {
			t.Errorf("%d characters, %d files", len(m.Text), len(m.Files))
		}
		for _, file := range m.Files {
			if file.Name == "" || len(file.Name) > api.MaxFileName || !clean(file.Name, false) || strings.ContainsAny(file.Name, `/\:*?"<>|`) || file.Name == "." || file.Name == ".." {
				t.Errorf("name %q", file.Name)
			}
		}
		again, err := parse.Read(raw)
		if err != nil || again.Mark != m.Mark || again.Text != m.Text {
			t.Errorf("read again: %v", err)
		}
	})
}

// What another program writes is read as it was meant.
func FuzzRoundTrip(f *testing.F) {
	f.Add("Drücker kaputt", "Grüße\n\nzweite Zeile", "Meßwerte 1.csv", []byte("a;b"), true)
	f.Add("x", "a very long line "+strings.Repeat("ä ", 300), "x", []byte{0, 1, 2, 255}, false)
	f.Fuzz(func(t *testing.T, subject, text, name string, content []byte, base64 bool) {
		if !clean(subject, false) || !clean(text, true) || !clean(name, false) || strings.ContainsAny(text, ">\u00a0\ufeff\u2028\u2029\ufffd\ue000") ||
			strings.ContainsAny(subject, "=?\u2028\u2029\ufffd") || strings.ContainsAny(name, `/\:*?"<>|%=;`) || len(text) > 5000 || len(subject) > 150 || len(name) > 60 || name == "" || len(content) == 0 {
			return
		}
		for _, r := range name {
			if !unicode.IsPrint(r) {
				return
			}
		}
		encoding := mail.EncodingQP
		if base64 {
			encoding = mail.EncodingB64
		}
		m := mail.NewMsg(mail.WithEncoding(encoding))
		if err := m.From("anna@example.com"); err != nil {
			t.Fatal(err)
		}
		m.Subject(subject)
		m.SetBodyString(mail.TypeTextPlain, text)
		if err := m.AttachReader(name, bytes.NewReader(content)); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := m.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		got, err := parse.Read(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.Join(strings.Fields(subject), " "); got.Subject != want {
			t.Errorf("subject %q, want %q", got.Subject, want)
		}
		if words(got.Text+"\n"+got.Quoted+"\n"+got.Signature) != words(text) && !strings.Contains(text, "--") {
			t.Errorf("text %q %q %q, want %q", got.Text, got.Quoted, got.Signature, text)
		}
		if len(got.Files) != 1 || !bytes.Equal(got.Files[0].Content, content) {
			t.Fatalf("files %+v", got.Files)
		}
	})
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }
