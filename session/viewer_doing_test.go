package session

import (
	"fmt"
	"image"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/wire"
)

// Of moves that wait only the last leaves, and none passes a press or a release.
func TestMovesAreUnited(t *testing.T) {
	move := func(x uint16) wire.Message { return &wire.Move{X: x} }
	down, up := &wire.Button{Number: 1, Down: true}, &wire.Button{Number: 1}
	d := newDoing()
	for _, m := range []wire.Message{move(1), move(2), down, move(3), move(4), move(5), up, move(6), &wire.Pointer{X: 7, Shown: true}, move(8)} {
		if err := d.put(m); err != nil {
			t.Fatal(err)
		}
	}
	want := []wire.Message{move(2), down, move(5), up, move(6), &wire.Pointer{X: 7, Shown: true}, move(8)}
	for i, w := range want {
		if got := d.take(); !reflect.DeepEqual(got, w) {
			t.Errorf("%d: %+v, want %+v", i, got, w)
		}
	}
	if got := d.take(); got != nil {
		t.Errorf("and %+v", got)
	}
}

// A thousand moves a second reach the customer's machine as a few, the last
// place of a drag before its release.
func TestMovesAreFew(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	if err := a.v.Move(image.Pt(1, 1)); err != nil {
		t.Fatal(err)
	}
	if err := a.v.Button(input.Left, true); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	const all = 500
	for i := range all {
		<-tick.C
		if err := a.v.Move(image.Pt(10+i%300, i%200)); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.v.Button(input.Left, false); err != nil {
		t.Fatal(err)
	}
	a.does(a.customer, fmt.Sprintf("move (%d,%d); button 1 false", 10+(all-1)%300, (all-1)%200))
	most := int(time.Since(began)/moveTime) + 3
	if n := strings.Count(a.customer.all(), "move "); n > most {
		t.Errorf("%d moves arrived, at most %d could", n, most)
	} else {
		t.Logf("%d of %d moves arrived", n, all)
	}
}
