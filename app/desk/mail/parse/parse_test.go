package parse_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/mail/parse"
)

// crlf is a message as it comes over a line.
func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

func read(t *testing.T, s string) parse.Message {
	t.Helper()
	m, err := parse.Read(crlf(s))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

const head = "From: Anna <anna@example.com>\nTo: support@example.org\nSubject: Printer\nMessage-ID: <a1@example.com>\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n"

func TestTexts(t *testing.T) {
	cases := map[string]struct{ message, text string }{
		"plain":            {head + "\nIt does not print.\n", "It does not print."},
		"no header's end":  {head, ""},
		"latin 1":          {head + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nDr=FCcken Sie =\nhier\n", "Drücken Sie hier"},
		"said to be utf-8": {head + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nDr=FCcken\n", "Drücken"},
		"no charset":       {head + "\nDr\xfccken\n", "Drücken"},
		"koi8":             {head + "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n8PLp9+X0\n", "ПРИВЕТ"},
		"code page 850":    {head + "Content-Type: text/plain; charset=cp850\nContent-Transfer-Encoding: quoted-printable\n\nDr=81cken\n", "Drücken"},
		"unknown charset":  {head + "Content-Type: text/plain; charset=x-nothing\n\nplain\n", "plain"},
		"broken base64":    {head + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVs*bG8=\n=\n", "Hello"},
		"broken quoted":    {head + "Content-Transfer-Encoding: quoted-printable\n\n100=% of =zz\n", "100=% of =zz"},
		"flowed":           {head + "Content-Type: text/plain; format=flowed\n\nOne long \nline.\nNext.\n", "One long line.\nNext."},
		"flowed, deleted":  {head + "Content-Type: text/plain; format=flowed; delsp=yes\n\nOne wo \nrd.\n", "One word."},
		"control":          {head + "\nA\x00B\x1b[31mC\u202eD\n", "AB[31mCD"},
		"html": {
			head + "Content-Type: text/html\n\n<html><head><title>no</title><style>p{}</style></head><body><p>One<br>two&nbsp;three</p><script>alert(1)</script><ul><li>a<li>b</ul><img src=http://evil/x.png alt=Logo> <a href='https://example.com/x'>here</a> <a href='javascript:alert(1)'>there</a></body></html>",
			"One\ntwo three\n\n- a\n- b\n[Logo] here <https://example.com/x> there",
		},
		"alternative": {
			head + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n", "plain",
		},
		"empty plain": {
			head + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n", "html",
		},
		"html first": {
			head + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>html</p>\n--b\nContent-Type: text/plain\n\nplain\n--b--\n", "plain",
		},
		"mailbox's line": {"From anna Mon Mar  2\n" + head + "\nText\n", "Text"},
		"type is broken": {head + "Content-Type: text/plain; charset=\"utf-8\"; =x;;\n\nText\n", "Text"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if m := read(t, c.message); m.Text != c.text {
				t.Errorf("%q, want %q", m.Text, c.text)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	m := read(t, "From: =?utf-8?q?J=C3=B6rg_=E2=80=AE?= <Joerg@Example.COM>\nSender: x@y.example\nReply-To: other@example.com\n"+
		"To: \"Support, the\" <support+7.abc@example.org>, b@example.org\nCc: broken <<c@example.org\nDelivered-To: in@example.org\n"+
		"Subject: =?iso-8859-1?q?Dr=FCcker?=\n =?utf-8?b?IGthcHV0?=\nMessage-ID:\n <x@y>\nIn-Reply-To: <1@a>\nReferences: <0@a> <1@a>\n\t<2@a>\nReceived: a\nReceived: b\nX-Beistand-Desk: d\n\n")
	if m.From.Name != "Jörg" || m.From.Address != "joerg@example.com" || m.ReplyTo.Address != "other@example.com" {
		t.Errorf("from %+v %+v", m.From, m.ReplyTo)
	}
	if want := []string{"support+7.abc@example.org", "b@example.org", "c@example.org"}; !slices.Equal(m.To, want) {
		t.Errorf("to %q", m.To)
	}
	if m.Subject != "Drücker kaput" || m.ID != "x@y" || m.Hops != 2 || m.Desk != "d" || !slices.Equal(m.Delivered, []string{"in@example.org"}) {
		t.Errorf("%+v", m)
	}
	if want := []string{"1@a", "2@a", "1@a", "0@a"}; !slices.Equal(m.Answers, want) {
		t.Errorf("answers %q", m.Answers)
	}
	if m := read(t, "From: Meier, Anna <anna@example.com>\n\n"); m.From.Address != "anna@example.com" || m.From.Name != "Meier, Anna" {
		t.Errorf("a name with a comma: %+v", m.From)
	}
	if m := read(t, "Subject: x\n\ny"); m.From.Address != "" || !m.NoAnswer {
		t.Errorf("from nobody: %+v", m)
	}
}

func TestFold(t *testing.T) {
	cases := map[string]struct{ body, text, quoted, signature string }{
		"quoted below": {"Yes.\n\nAm 02.03.26 um 10:00 schrieb Support:\n> Does it?\n>\n> Really?\n", "Yes.", "Am 02.03.26 um 10:00 schrieb Support:\n> Does it?\n>\n> Really?", ""},
		"two lines":    {"Yes.\n\nOn Mon, Mar 2, 2026 at 10:00 Support <support+7.aaaaaaaaaaaaaaaa@example.com>\nwrote:\n\n> Does it?\n", "Yes.", "On Mon, Mar 2, 2026 at 10:00 Support <support+7.aaaaaaaaaaaaaaaa@example.com>\nwrote:\n\n> Does it?", ""},
		"dutch":        {"Ja.\n\nOp 2 mrt. 2026 om 10:00 schreef Support:\n> Werkt het?\n", "Ja.", "Op 2 mrt. 2026 om 10:00 schreef Support:\n> Werkt het?", ""},
		"outlook":      {"Ja.\n\n________________________________\nVon: Support\nGesendet: Montag\nAn: Anna\nBetreff: Drucker\n\nGeht es?\n", "Ja.", "________________________________\nVon: Support\nGesendet: Montag\nAn: Anna\nBetreff: Drucker\n\nGeht es?", ""},
		"original":     {"No.\n\n-----Original Message-----\nFrom: x\nHello\n", "No.", "-----Original Message-----\nFrom: x\nHello", ""},
		"inline":       {"> Does it?\nYes.\n> Really?\nReally.\n", "> Does it?\nYes.\n> Really?\nReally.", "", ""},
		"signature":    {"Yes.\n-- \nAnna\nExample Ltd\n", "Yes.", "", "Anna\nExample Ltd"},
		"both":         {"Yes.\n-- \nAnna\n\nOn Monday, Support wrote:\n> Does it?\n", "Yes.", "On Monday, Support wrote:\n> Does it?", "Anna"},
		"telephone":    {"Yes.\n\nVon meinem iPhone gesendet\n", "Yes.", "", "Von meinem iPhone gesendet"},
		"all quoted":   {"> Does it?\n", "> Does it?", "", ""},
		"a list":       {"First:\n-- a\n-- b\nthen more\n", "First:\n-- a\n-- b\nthen more", "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := read(t, head+"\n"+c.body)
			if m.Text != c.text || m.Quoted != c.quoted || m.Signature != c.signature {
				t.Errorf("text %q\nquoted %q\nsignature %q", m.Text, m.Quoted, m.Signature)
			}
		})
	}
	html := read(t, head+"Content-Type: text/html\n\n<div>Yes.</div><div class=\"gmail_quote\"><div>On Monday, S wrote:</div><blockquote class=\"gmail_quote\">Does it?</blockquote></div>")
	if html.Text != "Yes." || html.Quoted != "On Monday, S wrote:\n\n> Does it?" {
		t.Errorf("html: %q, %q", html.Text, html.Quoted)
	}
	forward := read(t, "Subject: WG: Fehler\nFrom: a@b.example\n\nSiehe unten.\n\n-----Ursprüngliche Nachricht-----\nVon: x\nEs geht nicht\n")
	if !strings.Contains(forward.Text, "Es geht nicht") || forward.Quoted != "" {
		t.Errorf("forwarded: %q", forward.Text)
	}
}

func TestFiles(t *testing.T) {
	pdf := base64.StdEncoding.EncodeToString([]byte("%PDF-1.4 content"))
	m := read(t, head+"Content-Type: multipart/mixed; boundary=\"b b\"\n\npreamble\n--b b\nContent-Type: text/plain\n\nSee the file.\n--b b\n"+
		"Content-Type: application/pdf; name=\"x\"\nContent-Disposition: attachment; filename*=utf-8''../../%C3%BCbel%3A.pdf\nContent-Transfer-Encoding: base64\n\n"+pdf+"\n--b b\n"+
		"Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"+pdf+"\n--b b\n"+
		"Content-Type: message/rfc822\n\nFrom: c@d.example\nSubject: What they/said\nMessage-ID: <in@side>\n\nInner\n--b b\n"+
		"Content-Type: text/plain; name=log.txt\n\nline\n--b b\nContent-Type: text/plain; name=log.txt\n\nline 2\n--b b\n"+
		"Content-Type: text/calendar; charset=utf-8\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Look\\, together\nDTSTART:20260302T100000Z\nDTEND;TZID=Europe/Berlin:20260302T120000\nLOCATION:Room 1\nEND:VEVENT\nEND:VCALENDAR\n--b b--\nepilogue\n")
	var names []string
	for _, f := range m.Files {
		names = append(names, f.Name+" "+f.Type)
	}
	want := []string{
		"übel_.pdf application/pdf", "winmail.dat application/ms-tnef", "said.eml message/rfc822",
		"log.txt text/plain", "log (2).txt text/plain", "text.ics text/calendar",
	}
	if !slices.Equal(names, want) {
		t.Errorf("files %q", names)
	}
	if m.Text != "See the file.\n\n[Look, together, 2026-03-02 10:00 UTC – 2026-03-02 12:00 Europe/Berlin, Room 1]" {
		t.Errorf("text %q", m.Text)
	}
	if string(m.Files[0].Content) != "%PDF-1.4 content" {
		t.Errorf("content %q", m.Files[0].Content)
	}
	inner, err := parse.Read(m.Files[2].Content)
	if err != nil || inner.Text != "Inner" || inner.ID != "in@side" {
		t.Errorf("the message in it: %+v %v", inner, err)
	}
	if len(m.Remarks) != 0 {
		t.Errorf("remarks %v", m.Remarks)
	}
}

// What is too much or broken is named, and kept as the message itself.
func TestBounds(t *testing.T) {
	nested := "\nat the bottom\n"
	for i := range 30 {
		nested = fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n%s\n--b%d--\n", i, i, nested, i)
	}
	many := "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: image/png\n\nx\n", 1000) + "--b--\n"
	some := "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: image/png\n\nx\n", 30) + "--b--\n"
	for name, c := range map[string]struct{ message, remark string }{
		"deep":    {head + nested, "The message was nested too deeply; all of it is in {{.What}}."},
		"many":    {head + many, "The message had too many parts; all of them are in {{.What}}."},
		"some":    {head + some, "There were too many attachments; all of them are in {{.What}}."},
		"cut off": {head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nText\n--b\nContent-Type: image/png\n\nx", "The message was broken; all that came is in {{.What}}."},
	} {
		t.Run(name, func(t *testing.T) {
			m := read(t, c.message)
			last := m.Files[len(m.Files)-1]
			if last.Name != "message.eml" || !bytes.Equal(last.Content, crlf(c.message)) || len(m.Files) > api.MaxEntryFiles {
				t.Errorf("%d files, the last %q", len(m.Files), last.Name)
			}
			if !slices.Contains(m.Remarks, parse.Remark{Text: c.remark, What: "message.eml"}) {
				t.Errorf("remarks %v", m.Remarks)
			}
		})
	}
	long := read(t, head+"\n"+strings.Repeat("word ü ", 10_000))
	if n := len([]rune(long.Text)); n != api.MaxDescription || long.Files[0].Name != "text.txt" || len(long.Files[0].Content) < 70_000 {
		t.Errorf("%d characters, %+v", n, long.Remarks)
	}
	for _, c := range []struct {
		raw  []byte
		want error
	}{
		{nil, parse.ErrEmpty},
		{make([]byte, api.MaxMail+1), parse.ErrSize},
		{bytes.Repeat([]byte("X-A: b\r\n"), 5000), parse.ErrHeader},
		{append([]byte("X-A: "), bytes.Repeat([]byte("b"), 1<<20)...), parse.ErrHeader},
	} {
		if _, err := parse.Read(c.raw); !errors.Is(err, c.want) {
			t.Errorf("%d bytes: %v, want %v", len(c.raw), err, c.want)
		}
	}
}

// A message is the same whichever way it came; another is another.
func TestMark(t *testing.T) {
	a := read(t, "Received: x\n"+head+"\nText \nmore\n")
	b, err := parse.Read([]byte("Return-Path: <anna@example.com>\n" + head + "X-Spam: no\n\nText\nmore\n"))
	if err != nil || a.Mark != b.Mark {
		t.Errorf("the same: %v", err)
	}
	if c := read(t, head+"\nText\nless\n"); c.Mark == a.Mark {
		t.Error("another one is the same")
	}
	if c := read(t, strings.Replace(head, "anna@", "eve@", 1)+"\nText\nmore\n"); c.Mark == a.Mark {
		t.Error("another one's is the same")
	}
}
