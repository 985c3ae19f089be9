//go:build !headless

package customer

import (
	"bytes"
	"image"
	"io"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
	"github.com/beistand/beistand/diag/revise"
)

// redacted is what a run leaves: two logs, a file that could not be redacted,
// and a risk.
func redacted(t *testing.T) (*fakeEvidence, *redact.Names) {
	t.Helper()
	names, err := redact.NewNames(bytes.Repeat([]byte{3}, redact.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	e := &fakeEvidence{files: map[string][]byte{}}
	user := names.Give(redact.User, "anmeyer")
	e.add("Log file", "logs/app.log", "text/plain", "", []byte("login of "+user+" with <password>\nproject Nordwind\nmail to anna@example.com now\n"))
	e.add("Log file", "logs/nordwind.log", "text/plain", "", []byte("nordwind of "+user+"\npassword=<password>\n"))
	e.add("Copied file", "unredacted/files/data.db", "application/octet-stream", "", []byte("SQLite, and more"))
	e.m.Files[0].Source, e.m.Files[1].Source, e.m.Files[2].Source = "app.log", "nordwind.log", "data.db"
	e.m.Files[2].Unredacted = "it is no text but a database"
	e.m.LeftOut = []bundle.LeftOut{{Path: "files/data.db", Title: "Copied file", Why: "it is no text but a database", Quarantined: true}}
	e.m.Redaction = &bundle.Redaction{Risks: []bundle.Risk{{Path: "logs/app.log", What: string(redact.LeftMail), Line: 3, Lines: 1}}}
	return e, names
}

// checking goes to the page where everything that would be sent is shown.
func checking(t *testing.T, f *fakes) (*pagetest.Person, *Flow) {
	t.Helper()
	f.sample, f.names = redacted(t)
	p, flow := start(t, f)
	describe(p)
	p.See("What is protected")
	p.See("2 passwords removed, 2 user names replaced")
	return p, flow
}

// sentFile is a file as it would be sent.
func sentFile(t *testing.T, f *fakes, r page.Report, path string) string {
	t.Helper()
	c, err := f.Revise(r.Evidence, r.Changes).OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	text, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestHideEverywhere types a word, sees it gone in the other file, takes it
// back, and hides it again.
func TestHideEverywhere(t *testing.T) {
	f := &fakes{}
	p, _ := checking(t, f)
	p.Type("Text that nobody should read", "No")
	p.Tap("Hide everywhere")
	p.See("Please select at least three letters.")
	p.Type("Text that nobody should read", "rdwind")
	p.Tap("Hide everywhere")
	p.See("2 passwords removed, 2 places hidden by you")
	p.See("<hidden>.log") // the log's name is sent too
	p.Row(1)
	p.See("project ")
	p.See("<hidden>")
	p.Row(0)
	p.Tap("Show again")
	p.Until("the count without it", func() bool { return !p.Sees("hidden by you,") && !p.Sees("2 places hidden") })
	p.Type("Text that nobody should read", "Nordwind")
	p.Tap("Hide everywhere")
	p.See("2 places hidden by you")
	p.Until("the draft", func() bool {
		kept := f.kept()
		return len(kept) > 0 && strings.Join(kept[len(kept)-1].Changes.Hide, " ") == "Nordwind"
	})
	p.Tap("Send")
	p.See("10042")
	r := f.sent()[0]
	for _, path := range []string{"logs/app.log", "logs/nordwind.log"} {
		if text := sentFile(t, f, r, path); strings.Contains(strings.ToLower(text), "nordwind") {
			t.Errorf("%s is sent as %q", path, text)
		}
	}
}

// TestRestoreAKind sends user names as they are; passwords have no such switch.
func TestRestoreAKind(t *testing.T) {
	f := &fakes{}
	p, _ := checking(t, f)
	p.See("We then read the real user names instead of words such as <user-27>.")
	if p.Sees("Send passwords as they are") {
		t.Error("a secret can be sent")
	}
	test.Tap(p.Check("Send user names as they are"))
	p.See("2 user names kept")
	p.Row(1)
	p.See("login of anmeyer with")
	p.See("2 passwords removed") // of the whole; this file has one
	p.See("1 password removed")
	p.See("1 user name kept")
	p.Row(0)
	test.Tap(p.Check("Send user names as they are"))
	p.See("2 user names replaced")
	p.Tap("Send")
	p.See("10042")
	if text := sentFile(t, f, f.sent()[0], "logs/app.log"); strings.Contains(text, "anmeyer") {
		t.Errorf("sent %q", text)
	}
}

// TestWhatIsHeldBack stays unless the customer says so, for each file.
func TestWhatIsHeldBack(t *testing.T) {
	held := bundle.File{Path: "unredacted/files/data.db", Unredacted: "it is no text but a database"}
	for name, send := range map[string]bool{"stays": false, "is sent": true} {
		t.Run(name, func(t *testing.T) {
			f := &fakes{}
			p, _ := checking(t, f)
			p.See("2 items")
			p.See("it is no text but a database")
			p.Tap("Look") // of the file that is held back, the first
			p.See("We could not look through this file")
			p.See("SQLite, and more")
			if send {
				test.Tap(p.Check("Send it nevertheless"))
				p.See("3 items")
				p.See("Sent as it is")
			}
			p.Tap("Send")
			p.See("10042")
			if got := f.sent()[0].Keep(held); got != send {
				t.Errorf("sent: %v", got)
			}
		})
	}
}

// TestARiskIsLookedAtAndHidden opens the line, then hides what is in it.
func TestARiskIsLookedAtAndHidden(t *testing.T) {
	f := &fakes{}
	p, flow := checking(t, f)
	p.See("An e-mail address")
	flow.clean.sent["unredacted/files/data.db"] = false
	p.TapLast("Look")
	p.See("mail to anna@example.com now")
	p.See("Line 3")
	p.Row(0)
	p.Tap("Hide this")
	p.Until("the risk to be gone", func() bool { return !p.Sees("An e-mail address") })
	p.Tap("Send")
	p.See("10042")
	if text := sentFile(t, f, f.sent()[0], "logs/app.log"); !strings.Contains(text, "mail to <hidden> now") {
		t.Errorf("sent %q", text)
	}
}

// TestKeptChangesAreThereAgain after the window was closed.
func TestKeptChangesAreThereAgain(t *testing.T) {
	f := &fakes{changes: revise.Changes{
		Hide: []string{"Nordwind"}, Restore: []redact.Kind{redact.User},
		Black: map[string][]image.Rectangle{"screens/1.png": {image.Rect(1, 2, 30, 40)}},
	}}
	f.sample, f.names = redacted(t)
	p, _ := start(t, f)
	describe(p)
	p.See("2 places hidden by you")
	p.See("2 user names kept")
	p.Tap("Send")
	p.See("10042")
	if got := f.sent()[0].Changes; len(got.Hide) != 1 || len(got.Black["screens/1.png"]) != 1 || !got.Restored(redact.User) {
		t.Errorf("sent with %+v", got)
	}
}
