//go:build !headless

package supporter

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
)

// written is a session's record as both programs write it.
func written(t *testing.T, id string, entries ...record.Entry) []byte {
	t.Helper()
	own, err := record.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := record.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	keep := func(line []byte) error {
		text.Write(append(line[:len(line):len(line)], '\n'))
		return nil
	}
	invited := invite.Invitation{
		ID: id, Ticket: 10043, Supporter: "Miriam Vogel", Organisation: "Faktura Service GmbH", FirstPart: "482",
		Role: invite.Supporter, Rights: rights.Of(rights.See, rights.FilesIn),
	}
	_, desk, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := invited.Sign(desk); err != nil {
		t.Fatal(err)
	}
	log := record.NewLog(own, keep)
	copied := record.NewCopy(record.Expected{Key: own.Public(), Invitation: invited}, theirs, nil)
	at := time.Date(2026, 5, 4, 9, 0, 0, 0, time.Local)
	for i, e := range append([]record.Entry{
		record.Inviting(invited),
		{What: record.Agreed, By: record.Supporter, Key: hex.EncodeToString(theirs.Public())},
	}, entries...) {
		line, err := log.Write(e, at.Add(time.Duration(i)*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := copied.Take(line)
		if err != nil {
			t.Fatal(err)
		}
		if answer != nil {
			if err := log.Countersigned(answer); err != nil {
				t.Fatal(err)
			}
		}
	}
	return text.Bytes()
}

// course of a whole session.
func wholeCourse() []record.Entry {
	return []record.Entry{
		{What: record.Granted, By: record.Customer, Rights: []string{"see", "files-in"}},
		{What: record.Started, By: record.Customer},
		{What: record.Scoped, By: record.Customer, Scope: record.ScopeWindows, Names: []string{"Faktura 7"}},
		{What: record.Paused, By: record.Customer},
		{What: record.Resumed, By: record.Customer},
		{What: record.File, By: record.Supporter, Name: "patch.zip", Size: 2048, SHA256: strings.Repeat("ab", 32)},
		{What: record.File, By: record.Customer, Name: "bill\u202efdp.exe", Size: 4096, SHA256: strings.Repeat("cd", 32), Reason: record.CutShort},
		{What: record.Evidence, By: record.Customer, Name: "logs.txt", Size: 1024, SHA256: strings.Repeat("ef", 32), Reason: record.CutShort},
		{What: record.Revoked, By: record.Customer, Rights: []string{"files-in"}},
		{What: record.Ended, By: record.Customer, Pictures: 12, Bytes: 99},
	}
}

func TestRecord(t *testing.T) {
	whole := written(t, "s0", wholeCourse()...)
	for name, c := range map[string]struct {
		text []byte
		says []string
	}{
		"whole": {whole, []string{
			"This record holds and is whole.", "12 entries", "up to entry 12 countersigned",
			"Miriam Vogel, Faktura Service GmbH, asks for ticket 10043: Screen, Send files", "The customer allows: Screen, Send files",
			"Only these windows are shown from here on: Faktura 7", "The customer pauses", "It goes on.",
			"File to the customer: patch.zip, 2.0\u00a0kB", "SHA-256 " + strings.Repeat("ab", 32), "The customer takes back: Send files",
			"File from the customer, broken off: bill\ufffdfdp.exe, 4.0\u00a0kB at most", "Taken from the customer's machine, broken off: logs.txt, 1.0\u00a0kB at most",
			"Ended by the customer after 12 pictures",
		}},
		"no end": {written(t, "s0", wholeCourse()[:2]...), []string{"This record holds, but has no end yet.", "The first picture was shown."}},
		"altered": {bytes.Replace(whole, []byte("patch.zip"), []byte("other.zip"), 1), []string{
			"This record does not hold.", "Line 14:", "What stands below comes before it.", "The first picture was shown.",
		}},
		"another's": {written(t, "s9", wholeCourse()...), []string{"This record does not hold.", "It belongs to another session."}},
		"none":      {nil, []string{"There is no record of this session."}},
		"no record": {[]byte("<html>\n"), []string{"This record does not hold.", "Line 1:"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := reading(t, c.text)
			for _, words := range c.says {
				p.See(words)
			}
			if name == "altered" && p.Sees("other.zip") {
				t.Error("what does not hold is shown as if it did")
			}
			p.Tap("Back to the ticket")
			p.See("Nothing works since the update")
		})
	}
}

// reading opens the record of the ticket's session.
func reading(t *testing.T, text []byte) *pagetest.Person {
	d := &fakeDesk{all: cases(), evidence: sample(), records: map[string][]byte{"s0": text}}
	p, flow := start(t, d)
	signIn(p)
	flow.ticket(10043)
	p.Tab("Sessions")
	p.Tap("Record")
	return p
}

func TestRecordThatCannotBeFetched(t *testing.T) {
	d := &fakeDesk{all: cases(), evidence: sample()}
	p, flow := start(t, d)
	signIn(p)
	flow.ticket(10043)
	p.Tab("Sessions")
	p.Tap("Record")
	p.See("The desk does not have this")
	d.records = map[string][]byte{"s0": written(t, "s0", wholeCourse()...)}
	p.Tap("Try again")
	p.See("This record holds and is whole.")
}

func TestCopiesOfARecord(t *testing.T) {
	whole := written(t, "s0", wholeCourse()...)
	cut := whole[:bytes.Index(whole, []byte(`"what":"revoked"`))]
	cut = cut[:bytes.LastIndexByte(cut, '\n')+1]
	for name, c := range map[string]struct {
		desks, other []byte
		says         string
	}{
		"the same":          {whole, whole, "Both copies tell the same, in all 12 entries."},
		"theirs is shorter": {whole, cut, "Both agree up to entry 10; there mine.jsonl stops."},
		"ours is shorter":   {cut, whole, "Both agree up to entry 10; there the desk's copy stops."},
		"another session":   {whole, written(t, "s0", wholeCourse()...), "The two are not copies of one record"},
		"theirs is altered": {whole, bytes.Replace(whole, []byte("patch.zip"), []byte("other.zip"), 1), "mine.jsonl does not hold: line 14"},
	} {
		t.Run(name, func(t *testing.T) {
			p, flow := start(t, &fakeDesk{})
			other := check(c.other)
			flow.frame.Window.SetContent(agreement("mine.jsonl", check(c.desks).chain, other.chain, other.err))
			p.See(c.says)
		})
	}
}

// TestWhyItEnded holds that the reason is said once, and in the person's language.
func TestWhyItEnded(t *testing.T) {
	t.Cleanup(func() { _, _ = page.Speak("en") })
	for language, want := range map[string][2]string{
		"en": {"Ended by the customer after 1 picture", "Ended by a lost connection after 2 pictures: the code has expired"},
		"de": {"Beendet durch die Kundenseite nach 1 Bild", "Beendet durch eine abgebrochene Verbindung nach 2 Bildern: der Code ist abgelaufen"},
	} {
		if _, err := page.Speak(language); err != nil {
			t.Fatal(err)
		}
		got := [2]string{
			recordWords(record.Entry{What: record.Ended, By: record.Customer, Reason: "ended by the customer", Pictures: 1}),
			recordWords(record.Entry{What: record.Ended, By: record.Network, Reason: "the code has expired", Pictures: 2}),
		}
		if got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}
