package texts_test

import (
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/mail/texts"
)

var kinds = []string{
	api.MailReceived, api.MailPublic, api.MailRequest, api.MailSession, api.MailSolved, api.MailClosed, api.MailContinued, api.MailThird,
	api.MailMention, api.MailAssigned, api.MailAnswered, api.MailPromise, api.MailEscalation,
}

// Every mail is whole in every language, and what somebody wrote is only ever text in it.
func TestWrite(t *testing.T) {
	const evil = "<script>alert(1)</script> {{.Link}} \x1b[31m\u202e"
	seen := map[string]bool{}
	for _, language := range []string{"en", "de-AT", "nl", "fr"} {
		for _, what := range kinds {
			m := texts.Write(texts.Notice{
				What: what, Language: language, Number: 7, Before: 3, Name: "Anna\r\n" + evil, Author: "Sam", Text: "one\r\ntwo " + evil, Wants: []string{"three " + evil},
				Files: []string{"a.txt"}, Link: "https://desk.example.com/x", From: "Example Care",
			})
			for _, s := range []string{m.Plain, m.HTML} {
				if strings.Contains(s, "<no value>") || strings.ContainsAny(s, "\r\x1b\u202e") || !strings.Contains(s, "Example Care") || !strings.Contains(s, "two") {
					t.Errorf("%s, %s:\n%s", language, what, s)
				}
			}
			if strings.Contains(m.HTML, "<script") || strings.Contains(m.HTML, "src=") || strings.Contains(m.HTML, "url(") {
				t.Errorf("%s, %s:\n%s", language, what, m.HTML)
			}
			if toThird := what == api.MailThird; toThird == strings.Contains(m.Plain, "https://desk.example.com/x") {
				t.Errorf("%s, %s: the link:\n%s", language, what, m.Plain)
			}
			if language == "fr" { // is English
				continue
			}
			if seen[m.Plain] && what != api.MailThird {
				t.Errorf("%s, %s says the same as another", language, what)
			}
			seen[m.Plain] = true
		}
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[string]string{"a\r\nBcc: b": "a Bcc: b", " a \t b ": "a b", "a\x00b\u2028c": "a b c", "\xff": "\ufffd", "": ""} {
		if got := texts.Line(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
