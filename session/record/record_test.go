package record

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var at = time.Date(2026, 1, 2, 3, 4, 5, 678_900_000, time.FixedZone("", 3600))

// both writes one session's record on both sides and gives the two texts.
func both(t testing.TB, entries ...Entry) (customer, supporter []byte) {
	t.Helper()
	own, theirs := newKey(t), newKey(t)
	log := NewLog(own, func(line []byte) error { customer = append(append(customer, line...), '\n'); return nil })
	side := NewCopy(Expected{Key: own.Public(), Session: "7f1c", Ticket: 17, Supporter: "Sam", Organisation: "Example"}, theirs,
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

// all is every kind of entry once.
func all() []Entry {
	return []Entry{
		{What: Asked, By: Supporter, Session: "7f1c", Ticket: 17, Supporter: "Sam", Organisation: "Example", Rights: []string{See, "point"}},
		{What: Agreed, By: Supporter},
		{What: Granted, By: Customer, Rights: []string{See, "point"}},
		{What: Refused, By: Customer, Rights: []string{"control"}},
		{What: Started, By: Customer},
		{What: File, By: Supporter, Name: "Ümläut <&> \"fix\".zip", Size: 12, SHA256: sum},
		{What: Evidence, By: Customer, Name: "logs/app.log", SHA256: sum},
		{What: Revoked, By: Customer, Rights: []string{"point"}},
		{What: Ended, By: Network, Reason: "the connection was lost", Pictures: 3, Bytes: 1 << 40},
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
	if c.Len() != 9 || !c.Ended() || c.Countersigned() != 9 || !c.Holds(See) || c.Holds("point") || c.Holds("control") {
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
	end := bytes.Index(text, []byte(`{"v":1,"n":9`))
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

// Entries that nothing should make a writer write.
func TestNotWritten(t *testing.T) {
	asked, agreed, granted := all()[0], all()[1], all()[2]
	agreed.Key = hexOf(newKey(t).Public())
	for name, entries := range map[string][]Entry{
		"no beginning":         {granted},
		"asked twice":          {asked, asked},
		"agreed twice":         {asked, agreed, agreed},
		"given without a key":  {asked, granted},
		"started without yes":  {asked, agreed, {What: Started, By: Customer}},
		"taken, never given":   {asked, agreed, granted, {What: Revoked, By: Customer, Rights: []string{"control"}}},
		"after the end":        {asked, {What: Ended, By: Desk}, agreed},
		"given by the desk":    {asked, agreed, {What: Granted, By: Desk, Rights: []string{See}}},
		"given by supporter":   {asked, agreed, {What: Granted, By: Supporter, Rights: []string{See}}},
		"no rights":            {asked, agreed, {What: Granted, By: Customer}},
		"a right twice":        {asked, agreed, {What: Granted, By: Customer, Rights: []string{See, See}}},
		"an odd right":         {asked, agreed, {What: Granted, By: Customer, Rights: []string{"See all"}}},
		"a foreign field":      {asked, agreed, {What: Granted, By: Customer, Rights: []string{See}, Reason: "because"}},
		"unknown":              {asked, agreed, {What: "seen", By: Customer}},
		"file without hash":    {asked, agreed, granted, {What: File, By: Customer, Name: "a"}},
		"file without name":    {asked, agreed, granted, {What: File, By: Customer, SHA256: sum}},
		"reason of two lines":  {asked, {What: Ended, By: Desk, Reason: "a\nb"}},
		"a long reason":        {asked, {What: Ended, By: Desk, Reason: strings.Repeat("ä", MaxText+1)}},
		"negative count":       {asked, {What: Ended, By: Desk, Bytes: -1}},
		"ended by nobody":      {asked, {What: Ended}},
		"a key that is none":   {asked, {What: Agreed, By: Supporter, Key: "00"}},
		"not UTF-8":            {asked, {What: Ended, By: Desk, Reason: "\xff"}},
		"evidence of staff":    {asked, agreed, granted, {What: Evidence, By: Supporter, Name: "a", SHA256: sum}},
		"upper-case hash":      {asked, agreed, granted, {What: File, By: Customer, Name: "a", SHA256: strings.ToUpper(sum)}},
		"a negative file size": {asked, agreed, granted, {What: File, By: Customer, Name: "a", SHA256: sum, Size: -1}},
	} {
		t.Run(name, func(t *testing.T) {
			log := NewLog(newKey(t), nil)
			for i, e := range entries {
				_, err := log.Write(e, at)
				if (err != nil) != (i == len(entries)-1) {
					t.Errorf("entry %d: %v", i+1, err)
				}
			}
		})
	}
}

// What the supporter's program does not take from the other side.
func TestNotTaken(t *testing.T) {
	own, theirs := newKey(t), newKey(t)
	want := Expected{Key: own.Public(), Session: "7f1c", Ticket: 17, Supporter: "Sam", Organisation: "Example"}
	entries := func(change func(asked, agreed *Entry)) [][]byte {
		t.Helper()
		log := NewLog(own, nil)
		asked, agreed := all()[0], all()[1]
		agreed.Key = hexOf(theirs.Public())
		change(&asked, &agreed)
		a, err := log.Write(asked, at)
		if err != nil {
			t.Fatal(err)
		}
		b, err := log.Write(agreed, at)
		if err != nil {
			t.Fatal(err)
		}
		return [][]byte{a, b}
	}
	for name, c := range map[string]struct {
		lines [][]byte
		want  error
	}{
		"other ticket":    {entries(func(a, _ *Entry) { a.Ticket++ }), ErrStranger},
		"other session":   {entries(func(a, _ *Entry) { a.Session = "x" }), ErrStranger},
		"other supporter": {entries(func(a, _ *Entry) { a.Supporter = "Mallory" }), ErrStranger},
		"other house":     {entries(func(a, _ *Entry) { a.Organisation = "Bank" }), ErrStranger},
		"other key":       {entries(func(_, b *Entry) { b.Key = hexOf(own.Public()) }), ErrStranger},
		"nonsense":        {[][]byte{[]byte("{}")}, ErrForm},
		"a signature":     {[][]byte{[]byte(`{"v":1,"of":1,"is":"","sig":""}`)}, ErrOrder},
	} {
		t.Run(name, func(t *testing.T) {
			side := NewCopy(want, theirs, nil)
			var err error
			for _, l := range c.lines {
				if _, err = side.Take(l); err != nil {
					break
				}
			}
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	want.Key = theirs.Public()
	if _, err := NewCopy(want, theirs, nil).Take(entries(func(_, _ *Entry) {})[0]); !errors.Is(err, ErrStranger) {
		t.Errorf("a record with a key that the code does not vouch for: %v", err)
	}
	full := errors.New("the disk is full")
	side := NewCopy(Expected{Key: own.Public(), Session: "7f1c", Ticket: 17, Supporter: "Sam", Organisation: "Example"}, theirs, func([]byte) error { return full })
	if _, err := side.Take(entries(func(_, _ *Entry) {})[0]); !errors.Is(err, ErrKeep) || !errors.Is(err, full) {
		t.Errorf("a copy that cannot be kept: %v", err)
	}
}

// A hostile desk that holds both public keys and no private one: what it can do
// with its copy is seen when that is held against the customer's.
func TestHostileDesk(t *testing.T) {
	own, _ := both(t, all()...)
	forged, _ := both(t, all()...) // with keys of its own, whole and well signed
	shorter := own[:bytes.Index(own, []byte(`{"v":1,"n":5`))]
	mine, err := Read(bytes.NewReader(own))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text []byte
		want Verdict
		at   int
	}{
		"as it is": {own, Same, 9},
		"forged":   {forged, Unrelated, 0},
		"cut":      {shorter, Longer, 4},
	} {
		t.Run(name, func(t *testing.T) {
			desks, err := Read(bytes.NewReader(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if v, at := Compare(mine, desks); v != c.want || at != c.at {
				t.Errorf("%v at %d, want %v at %d", v, at, c.want, c.at)
			}
		})
	}
	// The customer's own key can make two records of one session; they part.
	key := newKey(t)
	one, two := NewLog(key, nil), NewLog(key, nil)
	for i, l := range []*Log{one, two} {
		for _, e := range []Entry{all()[0], {What: Ended, By: Customer, Pictures: int64(i)}} {
			if _, err := l.Write(e, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	if v, at := Compare(one.Chain(), two.Chain()); v != Parted || at != 1 {
		t.Errorf("two ends of one record: %v at %d", v, at)
	}
	if v, at := Compare(&Chain{}, one.Chain()); v != Unrelated || at != 0 {
		t.Errorf("nothing and something: %v at %d", v, at)
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

func TestStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.jsonl")
	s, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second time: %v", err)
	}
	for _, l := range []string{"one", "two"} {
		if err := s.Keep([]byte(l)); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "one\ntwo\n" {
		t.Errorf("%q %v", b, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s.Keep([]byte("three")) == nil || s.Keep([]byte("four")) == nil {
		t.Error("a closed file keeps")
	}
}

func FuzzRead(f *testing.F) {
	text, _ := both(f, all()...)
	f.Add(text)
	f.Add(text[:len(text)/2])
	f.Add([]byte(`{"v":1,"n":1}` + "\n"))
	f.Add([]byte("{\"v\":1,\"of\":1,\"is\":\"\",\"sig\":\"\"}\n"))
	f.Add([]byte("\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Read(bytes.NewReader(b))
		var fault *Fault
		if err != nil && !errors.As(err, &fault) && !errors.Is(err, ErrFull) && !errors.Is(err, ErrEmpty) {
			t.Fatalf("an error of no kind: %v", err)
		}
		if c.size > MaxSize || c.size > len(b) || c.Countersigned() > c.Len() {
			t.Fatalf("%d bytes and %d of %d entries of %d bytes", c.size, c.Countersigned(), c.Len(), len(b))
		}
		if err == nil && c.size != len(b) {
			t.Fatal("something was read over")
		}
	})
}

// FuzzEntry finds two texts of one entry.
func FuzzEntry(f *testing.F) {
	text, _ := both(f, all()...)
	for _, l := range bytes.Split(text, []byte("\n")) {
		f.Add(l)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var e Entry
		if parse(b, &e) != nil || e.valid() != nil {
			return
		}
		again, err := write(e)
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("written as %s, read from %s: %v", again, b, err)
		}
	})
}
