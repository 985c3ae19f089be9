//go:build !headless

package app

import (
	"bytes"
	"context"
	"encoding/hex"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people/peopletest"
	"github.com/beistand/beistand/session/record"
)

// oneDesk is a real desk that can be away.
type oneDesk struct {
	t            *testing.T
	dir, address string
	stop         func()
}

func newOneDesk(t *testing.T) *oneDesk {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &oneDesk{t: t, dir: t.TempDir(), address: l.Addr().String()}
	_ = l.Close()
	dbtest.Fill(t, d.dir)
	db, err := store.Open(t.Context(), d.dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := peopletest.Hire(t.Context(), db.DB(), api.NewStaff{User: "anna", Name: "Anna", Roles: []api.Role{api.RoleStaff}, Password: "correct-horse"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	d.start()
	t.Cleanup(func() { d.stop() })
	return d
}

func (d *oneDesk) start() {
	d.t.Helper()
	server, err := desk.New(desk.Config{Dir: d.dir, Listen: d.address})
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx) }()
	d.stop = func() { cancel(); <-served; d.stop = func() {} }
}

func (d *oneDesk) dial(token string) *client.Client {
	d.t.Helper()
	c, err := dial("http://"+d.address, "test", token)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(c.CloseIdle)
	return c
}

// owing is a session whose record the desk has begun to take.
type owing struct {
	*oneDesk
	ticket  api.CreatedTicket
	session api.Session
	staff   *client.Client
	written *ownRecord
	path    string
	log     *bytes.Buffer
	start   owedRecords // the program's next one
}

func newOwing(t *testing.T) *owing {
	t.Helper()
	o := &owing{oneDesk: newOneDesk(t), log: &bytes.Buffer{}}
	var err error
	ticket := api.NewTicket{ID: client.NewTicketID(), Title: "It broke", Description: "At once.", Priority: api.High, Language: "en"}
	if o.ticket, err = o.dial("").CreateTicket(t.Context(), ticket); err != nil {
		t.Fatal(err)
	}
	o.staff = o.dial("")
	if _, err := o.staff.SignIn(t.Context(), "anna", "correct-horse"); err != nil {
		t.Fatal(err)
	}
	if o.session, err = o.staff.AskSession(t.Context(), o.ticket.Ticket.Number, api.NewSession{Rights: []string{"see"}}); err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(o.log)
	folder := filepath.Join(t.TempDir(), "records")
	file, path, err := newRecord(folder, o.ticket.Ticket.Number, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	c := o.dial(o.ticket.Token)
	rest, err := owed{Desk: c.Desk(), Session: o.session.ID, Token: o.ticket.Token, Since: time.Now()}.owe(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(rest); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("what is owed is kept as %v, %v", info, err)
	}
	o.path = path
	o.written = &ownRecord{file: file, desk: newDeskCopy(t.Context(), c, o.session.ID, rest, log)}
	known := filepath.Join(t.TempDir(), "desks.json")
	o.start = owedRecords{
		folder: folder, version: "test", log: log, now: time.Now, keys: func(string) *deskKeys { return &deskKeys{path: known} },
	}
	return o
}

// write is a whole session's record; between is called before its last entry.
func (o *owing) write(between func()) {
	o.t.Helper()
	own, err := record.NewKey()
	if err != nil {
		o.t.Fatal(err)
	}
	theirs, err := record.NewKey()
	if err != nil {
		o.t.Fatal(err)
	}
	invited, err := told(o.session)
	if err != nil {
		o.t.Fatal(err)
	}
	log := record.NewLog(own, o.written.Keep)
	for _, e := range []record.Entry{
		record.Inviting(invited),
		{What: record.Agreed, By: record.Supporter, Key: hex.EncodeToString(theirs.Public())},
		{What: record.Granted, By: record.Customer, Rights: []string{record.See}},
		{What: record.Ended, By: record.Customer, Reason: "ended by the customer"},
	} {
		if e.What == record.Ended {
			between()
		}
		if _, err := log.Write(e, time.Now()); err != nil {
			o.t.Fatal(err)
		}
	}
}

func (o *owing) owes() bool {
	_, err := os.Stat(strings.TrimSuffix(o.path, ".jsonl") + owedEnding)
	return err == nil
}

// same waits for nothing: the desk's copy is the customer's.
func (o *owing) same() {
	o.t.Helper()
	own, err := os.ReadFile(o.path)
	if err != nil {
		o.t.Fatal(err)
	}
	got, err := o.staff.Record(o.t.Context(), o.session.ID)
	if err != nil || !bytes.Equal(got, own) {
		o.t.Errorf("the desk has %q, %v, want %q", got, err, own)
	}
}

// The desk is gone before a session's end and is back after the program has
// ended: the next start brings the rest.
func TestRecordIsBroughtByTheNextStart(t *testing.T) {
	o := newOwing(t)
	o.write(func() {
		for len(func() []byte { b, _ := o.staff.Record(t.Context(), o.session.ID); return b }()) == 0 { // it has begun
			if t.Context().Err() != nil {
				t.Fatal("the desk took nothing")
			}
		}
		o.stop()
	})
	if err := o.written.close(); err != nil {
		t.Fatal(err)
	}
	if !o.owes() {
		t.Fatal("nothing is owed")
	}
	o.start.bringAll(t.Context()) // the desk is away
	if !o.owes() {
		t.Fatal("a desk that is away is given up")
	}
	o.oneDesk.start()
	o.start.begin(t.Context())()
	o.start.bringAll(t.Context()) // the one before may have been ended at once
	if o.owes() {
		t.Errorf("it is still owed: %s", o.log)
	}
	o.same()
}

// A desk that has everything is owed nothing, and what it never takes or is
// too old is given up, in words.
func TestWhatIsOwedEnds(t *testing.T) {
	t.Run("all is there", func(t *testing.T) {
		o := newOwing(t)
		o.write(func() {})
		if err := o.written.close(); err != nil || o.owes() {
			t.Errorf("it is still owed: %v, %s", err, o.log)
		}
		o.same()
	})
	for name, change := range map[string]func(*owing){
		"30 days": func(o *owing) { o.start.now = func() time.Time { return time.Now().Add(owedTime + time.Hour) } },
		"another's token": func(o *owing) {
			path := strings.TrimSuffix(o.path, ".jsonl") + owedEnding
			text, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(path, bytes.ReplaceAll(text, []byte(o.ticket.Token), []byte("nobody's")), 0o600)
			}
			if err != nil {
				o.t.Fatal(err)
			}
			o.oneDesk.start()
		},
		"nonsense": func(o *owing) {
			if err := os.WriteFile(strings.TrimSuffix(o.path, ".jsonl")+owedEnding, []byte("{}"), 0o600); err != nil {
				o.t.Fatal(err)
			}
		},
		"no record": func(o *owing) {
			if err := os.Remove(o.path); err != nil {
				o.t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOwing(t)
			o.stop()
			o.write(func() {})
			if err := o.written.close(); err != nil || !o.owes() {
				t.Fatalf("it is not owed: %v", err)
			}
			o.log.Reset()
			change(o)
			o.start.bringAll(t.Context())
			if o.owes() || !strings.Contains(o.log.String(), filepath.Base(o.path)) || !strings.Contains(o.log.String(), "warning") {
				t.Errorf("it is still owed: %v; the log says %q", o.owes(), o.log)
			}
		})
	}
}

// A session of another program that goes on is let alone.
func TestWhatIsWrittenIsNotBrought(t *testing.T) {
	o := newOwing(t)
	o.write(func() {
		o.start.bringAll(t.Context())
		if !o.owes() {
			t.Error("what a session still needs is given up")
		}
	})
	if err := o.written.close(); err != nil || o.owes() {
		t.Errorf("it is still owed: %v, %s", err, o.log)
	}
}
