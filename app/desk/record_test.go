package desk

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
)

// twins are the two sides of a session that write its record, without the session.
type twins struct {
	t     *testing.T
	log   *record.Log
	side  *record.Copy
	own   []byte // the customer's copy
	other []byte // the supporter's
	key   record.Key
}

func newTwins(t *testing.T, n api.Session) *twins {
	t.Helper()
	invited := told(t, n)
	if invited.Verify() != nil { // a test has changed what the desk has signed
		if err := invited.Sign(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))); err != nil {
			t.Fatal(err)
		}
	}
	return invitedTwins(t, invited)
}

func invitedTwins(t *testing.T, invited invite.Invitation) *twins {
	t.Helper()
	own, err := record.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	w := &twins{t: t}
	if w.key, err = record.NewKey(); err != nil {
		t.Fatal(err)
	}
	w.log = record.NewLog(own, func(l []byte) error { w.own = append(append(w.own, l...), '\n'); return nil })
	w.side = record.NewCopy(record.Expected{Key: own.Public(), Invitation: invited}, w.key,
		func(l []byte) error { w.other = append(append(w.other, l...), '\n'); return nil })
	w.write(record.Inviting(invited))
	return w
}

// write makes an entry, gives it to the other side, and takes its signature.
func (w *twins) write(e record.Entry) {
	w.t.Helper()
	line, err := w.log.Write(e, newClock().now())
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := w.side.Take(line)
	if err == nil && answer != nil {
		err = w.log.Countersigned(answer)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// whole writes the rest of a session that ends in good order.
func (w *twins) whole() {
	w.t.Helper()
	for _, e := range []record.Entry{
		{What: record.Agreed, By: record.Supporter, Key: hex.EncodeToString(w.key.Public())},
		{What: record.Granted, By: record.Customer, Rights: []string{record.See}},
		{What: record.Started, By: record.Customer},
		{What: record.Ended, By: record.Customer, Reason: "ended by the customer"},
	} {
		w.write(e)
	}
}

// beginning is the record of a session that was asked for.
func beginning(t *testing.T, n api.Session) []byte { return newTwins(t, n).own }

func TestRecord(t *testing.T) {
	h := open(t)
	made := h.ticket()
	n := h.session(made.Ticket.Number)
	customer, supporter := h.client(made.Token), h.client(h.staff())
	w := newTwins(t, n)
	if _, err := customer.Record(t.Context(), n.ID); client.KindOf(err) != api.KindNotFound {
		t.Errorf("before it has begun: %v", err)
	}
	if _, err := supporter.AppendRecord(t.Context(), n.ID, w.own); client.KindOf(err) != api.KindConflict {
		t.Errorf("begun by the supporter: %v", err)
	}
	got, err := customer.AppendRecord(t.Context(), n.ID, w.own)
	if err != nil || got != (api.Recorded{Entries: 1}) {
		t.Fatalf("%+v %v", got, err)
	}
	w.whole()
	half := bytes.Index(w.own, []byte(`{"v":1,"n":4`))
	if got, err = customer.AppendRecord(t.Context(), n.ID, w.own[:half]); err != nil || got != (api.Recorded{Entries: 3, Countersigned: 3}) {
		t.Fatalf("%+v %v", got, err)
	}
	// The customer's program is cut off; the supporter's brings the rest, twice.
	for range 2 {
		if got, err = supporter.AppendRecord(t.Context(), n.ID, w.other); err != nil || got != (api.Recorded{Entries: 5, Countersigned: 5, Ended: true}) {
			t.Fatalf("%+v %v", got, err)
		}
	}
	text, err := supporter.Record(t.Context(), n.ID)
	if err != nil || !bytes.Equal(text, w.own) {
		t.Errorf("the desk's copy is not the customer's: %v\n%s", err, text)
	}
}

// TestRecordOfThisDesk: a record begins with the invitation that this desk has
// signed for the session, and with no other that says the same.
func TestRecordOfThisDesk(t *testing.T) {
	h := open(t)
	made := h.ticket()
	n := h.session(made.Ticket.Number)
	customer := h.client(made.Token)
	other := told(t, n)
	if err := other.Sign(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))); err != nil {
		t.Fatal(err)
	}
	more := told(t, n)
	more.Rights = rights.Of(rights.All()...)
	if err := more.Sign(h.key); err != nil {
		t.Fatal(err)
	}
	for name, invited := range map[string]invite.Invitation{"another desk's key": other, "not the session's": more} {
		if _, err := customer.AppendRecord(t.Context(), n.ID, invitedTwins(t, invited).own); client.KindOf(err) != api.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := customer.Record(t.Context(), n.ID); client.KindOf(err) != api.KindNotFound {
			t.Errorf("%s: something of it is kept: %v", name, err)
		}
	}
	if got, err := customer.AppendRecord(t.Context(), n.ID, beginning(t, n)); err != nil || got.Entries != 1 {
		t.Errorf("its own: %+v %v", got, err)
	}
}

// TestRecordTakesNothingElse: whatever does not follow leaves the copy as it is.
func TestRecordTakesNothingElse(t *testing.T) {
	h := open(t)
	made := h.ticket()
	n := h.session(made.Ticket.Number)
	customer := h.client(made.Token)
	w, foreign, stranger := newTwins(t, n), newTwins(t, n), n
	stranger.ID = "another"
	w.whole()
	foreign.whole()
	if _, err := customer.AppendRecord(t.Context(), n.ID, beginning(t, stranger)); client.KindOf(err) != api.KindInvalid {
		t.Errorf("another session's record: %v", err)
	}
	half := bytes.Index(w.own, []byte(`{"v":1,"n":4`))
	if _, err := customer.AppendRecord(t.Context(), n.ID, w.own[:half]); err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(w.own, []byte("ended by the customer"), []byte("ended by the support."), 1)
	for name, c := range map[string]struct {
		text []byte
		kind api.ErrorKind
	}{
		"another beginning": {foreign.own, api.KindInvalid},
		"another end":       {changed, api.KindInvalid},
		"a gap":             {w.own[bytes.Index(w.own, []byte(`{"v":1,"n":5`)):], api.KindInvalid},
		"half a line":       {w.own[:len(w.own)-1], api.KindInvalid},
		"nonsense":          {[]byte("{}\n"), api.KindInvalid},
		"too much":          {bytes.Repeat([]byte("\n"), record.MaxSize+1), api.KindTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := customer.AppendRecord(t.Context(), n.ID, c.text); client.KindOf(err) != c.kind {
				t.Errorf("got %v, want %s", err, c.kind)
			}
			if text, err := customer.Record(t.Context(), n.ID); err != nil || !bytes.Equal(text, w.own[:half]) {
				t.Errorf("the copy has changed: %v\n%s", err, text)
			}
		})
	}
	if status, _, body := h.do("POST", api.RecordPath(n.ID), made.Token, []byte("{}"), "Content-Type", "application/json"); status != 415 {
		t.Errorf("another type: %d %s", status, body)
	}
	for range h.recording.Burst {
		_, _ = customer.AppendRecord(t.Context(), n.ID, nil)
	}
	if _, err := customer.AppendRecord(t.Context(), n.ID, nil); client.KindOf(err) != api.KindTooMany {
		t.Errorf("too often: %v", err)
	}
}
