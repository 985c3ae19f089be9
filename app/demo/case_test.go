package demo

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

// logged passes what is told on to the test's log.
type logged struct{ t *testing.T }

func (l logged) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimRight(string(p), "\n"))
	return len(p), nil
}

// options are the usual ones. BEISTAND_PICTURES names a folder for a picture of
// every step and of a failure.
func options(t *testing.T) Options {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Program: path, Folder: t.TempDir(), Pictures: os.Getenv("BEISTAND_PICTURES"), Language: "en", Log: logged{t},
	}
}

// TestCase plays the whole case and looks at what it left at the desk.
func TestCase(t *testing.T) {
	begun := time.Now()
	result, err := Play(t.Context(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Steps) < 20 {
		t.Errorf("only %d steps: %+v", len(result.Steps), result.Steps)
	}

	l := lookInto(t, result.Desk, result.Ticket)
	p := problems["en"]
	got := api.NewTicket{
		Title: l.ticket.Title, Description: l.ticket.Description, Product: l.ticket.Product, Priority: l.ticket.Priority,
		Name: l.ticket.Name, Contact: l.ticket.Contact, Language: l.ticket.Language,
	}
	want := api.NewTicket{
		Title: p.title, Description: p.what, Product: product, Priority: api.High,
		Name: p.name, Contact: p.contact, Language: "en",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("filed %+v, want %+v", got, want)
	}
	l.wantFile(t, "Memory", "total")
	l.wantFile(t, "Log file", logFault)
	l.wantLeftOut(t, leftOut)
	l.wantScreenshot(t, patternSeed)
	l.wantBlack(t, blackPart)
	l.wantFile(t, "Log file", "opened, password=<password>")
	l.wantFile(t, "Log file", "project <hidden> is open")
	for _, secret := range []string{logPassword, logWord} {
		l.wantNowhere(t, secret)
		wantInNoFile(t, result.Desk, secret)
		wantInNoFile(t, result.Customer, secret)
	}
	s := l.onlySession(t)
	if s.Consented == nil || s.Started == nil {
		t.Errorf("consented %v, started %v; want both", s.Consented, s.Started)
	}
	wantEnd(t, s, api.ByCustomer, "")
	if s.Asked.Before(begun.Add(-time.Second)) || s.Ended != nil && s.Ended.After(time.Now().Add(time.Second)) {
		t.Errorf("asked at %v and ended at %v, outside this test", s.Asked, s.Ended)
	}
}
