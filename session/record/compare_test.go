package record

import (
	"bytes"
	"testing"
)

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
		"as it is": {own, Same, 13},
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
