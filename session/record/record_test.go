package record

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rights"
)

var at = time.Date(2026, 1, 2, 3, 4, 5, 678_900_000, time.FixedZone("", 3600))

// both writes one session's record on both sides and gives the two texts.
func both(t testing.TB, entries ...Entry) (customer, supporter []byte) {
	t.Helper()
	own, theirs := newKey(t), newKey(t)
	log := NewLog(own, func(line []byte) error { customer = append(append(customer, line...), '\n'); return nil })
	side := NewCopy(Expected{Key: own.Public(), Invitation: invited}, theirs,
		func(line []byte) error { supporter = append(append(supporter, line...), '\n'); return nil })
	for _, e := range entries {
		if e.What == Agreed {
			e.Key = hexOf(theirs.Public())
		}
		line, err := log.Write(e, at)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := side.Take(line)
		if err != nil {
			t.Fatal(err)
		}
		if answer != nil {
			if err := log.Countersigned(answer); err != nil {
				t.Fatal(err)
			}
		}
	}
	return customer, supporter
}

func newKey(t testing.TB) Key {
	t.Helper()
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	var s strings.Builder
	for _, c := range b {
		s.WriteByte(digits[c>>4])
		s.WriteByte(digits[c&15])
	}
	return s.String()
}

var sum = strings.Repeat("ab", 32)

// invited is the invitation to all sessions here.
var invited = inviting(1)

// inviting is an invitation by the desk with this seed.
func inviting(seed byte) invite.Invitation {
	i := invite.Invitation{
		ID: "7f1c", Ticket: 17, Supporter: "Sam", Organisation: "Example", FirstPart: "042",
		Role: invite.Supporter, Rights: rights.Of(rights.See, rights.Point),
	}
	if err := i.Sign(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))); err != nil {
		panic(err)
	}
	return i
}

// all is every kind of entry once.
func all() []Entry {
	return []Entry{
		Inviting(invited),
		{What: Agreed, By: Supporter},
		{What: Granted, By: Customer, Rights: []string{See, "point"}},
		{What: Refused, By: Customer, Rights: []string{"control"}},
		{What: Started, By: Customer},
		{What: File, By: Supporter, Name: "Ümläut <&> \"fix\".zip", Size: 12, SHA256: sum},
		{What: Evidence, By: Customer, Name: "logs/app.log", SHA256: sum},
		{What: Scoped, By: Customer, Scope: ScopeWindows, Names: []string{"Faktura 7"}},
		{What: Paused, By: Customer},
		{What: Held, By: Customer, Reason: "the observer is not there"},
		{What: Resumed, By: Customer},
		{What: Revoked, By: Customer, Rights: []string{"point"}},
		{What: Ended, By: Network, Reason: "the connection was lost", Pictures: 3, Bytes: 1 << 40, Measured: &Measured{Path: "direct", Capture: 900, Wire: 21000, Lost: 12, Rate: 1 << 20}},
	}
}

func TestBothSidesHaveTheSame(t *testing.T) {
	customer, supporter := both(t, all()...)
	if !bytes.Equal(customer, supporter) {
		t.Errorf("the copies differ:\n%s\n%s", customer, supporter)
	}
	c, err := Read(bytes.NewReader(customer))
	if err != nil {
		t.Fatal(err)
	}
	if c.Len() != 13 || !c.Ended() || c.Countersigned() != 13 || !c.Holds(See) || c.Holds("point") || c.Holds("control") {
		t.Errorf("read as %d entries, ended %v, countersigned %d", c.Len(), c.Ended(), c.Countersigned())
	}
	if f := c.First(); f.Ticket != 17 || f.At.Format(time.RFC3339Nano) != "2026-01-02T02:04:05.678Z" {
		t.Errorf("it begins with %+v", f)
	}
}

// Whatever is changed in a record's line is seen in it alone.
func TestEveryChangeIsSeen(t *testing.T) {
	text, _ := both(t, all()...)
	lines, err := Lines(text)
	if err != nil {
		t.Fatal(err)
	}
	var c Chain
	for n, line := range lines {
		for i := range line {
			b := bytes.Clone(line)
			b[i] ^= [...]byte{1, 0x20}[i%2]
			if c.Add(b) == nil || c.Has(b) {
				t.Fatalf("line %d, byte %d, %q for %q: taken", n+1, i, b[i], line[i])
			}
		}
		if err := c.Add(line); err != nil {
			t.Fatalf("line %d: %v", n+1, err)
		}
	}
}

// A record that is cut anywhere is either broken there or without an end.
func TestEveryCutIsSeen(t *testing.T) {
	text, _ := both(t, all()...)
	end := bytes.Index(text, []byte(`{"v":1,"n":13`))
	for n := 0; n <= end; n += 1 + n%7*10 {
		if c, err := Read(bytes.NewReader(text[:n])); err == nil && c.Ended() {
			t.Fatalf("the first %d of %d bytes pass as whole", n, len(text))
		}
	}
	for _, n := range []int{end + 1, len(text) - 1} {
		if _, err := Read(bytes.NewReader(text[:n])); err == nil {
			t.Errorf("half a line passes: %d of %d bytes", n, len(text))
		}
	}
}

// Lines that are left out, repeated, exchanged or from elsewhere.
func TestLines(t *testing.T) {
	text, _ := both(t, all()...)
	foreign, _ := both(t, all()...)
	lines, others := bytes.SplitAfter(text, []byte("\n")), bytes.SplitAfter(foreign, []byte("\n"))
	n := len(lines) - 1 // behind the last line feed is nothing
	counter := func(l []byte) bool { return bytes.Contains(l, []byte(`"of":`)) }
	read := func(parts ...[]byte) error { _, err := Read(bytes.NewReader(bytes.Join(parts, nil))); return err }
	for i := range n {
		if err := read(bytes.Join(lines[:i], nil), lines[i], lines[i], bytes.Join(lines[i+1:], nil)); err == nil {
			t.Errorf("line %d may stand there twice", i+1)
		}
		if err := read(bytes.Join(lines[:i], nil), others[i], bytes.Join(lines[i+1:], nil)); err == nil {
			t.Errorf("line %d may be another session's", i+1)
		}
		if counter(lines[i]) || i == n-2 {
			continue // a countersignature is evidence by itself; the end's lack is told by Ended
		}
		if err := read(bytes.Join(lines[:i], nil), bytes.Join(lines[i+1:], nil)); err == nil {
			t.Errorf("line %d may be left out", i+1)
		}
	}
	if err := read(text, lines[n-2]); !errors.Is(err, ErrOrder) {
		t.Errorf("an entry behind the end: %v", err)
	}
	if err := read(); !errors.Is(err, ErrEmpty) {
		t.Errorf("nothing: %v", err)
	}
	if err := read([]byte(`{"v":2,"n":1}` + "\n")); !errors.Is(err, ErrVersion) {
		t.Errorf("another version: %v", err)
	}
	if err := read(bytes.Repeat([]byte("a"), MaxSize+1)); !errors.Is(err, ErrFull) {
		t.Errorf("too much: %v", err)
	}
}

// The record is bounded, and its end fits always.
func TestFull(t *testing.T) {
	log := NewLog(newKey(t), nil)
	start := all()[:3]
	start[1].Key = hexOf(newKey(t).Public())
	for _, e := range start {
		if _, err := log.Write(e, at); err != nil {
			t.Fatal(err)
		}
	}
	long := Entry{What: File, By: Customer, Name: strings.Repeat("\u2028", MaxText), Size: 1 << 60, SHA256: sum} // the longest that JSON makes of it
	for {
		line, err := log.Write(long, at)
		if errors.Is(err, ErrFull) {
			break
		}
		if err != nil || len(line) > MaxLine {
			t.Fatal(len(line), err)
		}
	}
	if _, err := log.Write(Entry{What: Ended, By: Customer, Reason: long.Name}, at); err != nil {
		t.Errorf("the end does not fit: %v", err)
	}
	if log.Chain().size > MaxSize {
		t.Errorf("%d bytes", log.Chain().size)
	}
}

// Add takes what is new, once, and nothing that contradicts.
func TestAdd(t *testing.T) {
	text, _ := both(t, all()...)
	other, _ := both(t, all()...)
	half := bytes.Index(text, []byte(`{"v":1,"n":5`))
	c, added, err := Add(text[:half], text)
	if err != nil || !bytes.Equal(added, text[half:]) || !c.Ended() {
		t.Errorf("%v, %d bytes added", err, len(added))
	}
	if _, added, err = Add(text, text); err != nil || len(added) != 0 {
		t.Errorf("once more: %v, %d bytes", err, len(added))
	}
	if _, _, err = Add(text[:half], other); err == nil {
		t.Error("another record was taken behind the first")
	}
	if _, added, err = Add(nil, text); err != nil || !bytes.Equal(added, text) {
		t.Errorf("into nothing: %v", err)
	}
	if _, _, err = Add(nil, text[:len(text)-1]); err == nil {
		t.Error("half a line was taken")
	}
}
