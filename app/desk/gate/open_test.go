package gate

import (
	"slices"
	"testing"
)

func is(id string) func(Caller) bool { return func(c Caller) bool { return c.ID == id } }

func TestOpen(t *testing.T) {
	var o Open
	var cut []string
	enter := func(since Mark, id string) func() {
		return o.Enter(since, Caller{ID: id}, func() { cut = append(cut, id) })
	}
	enter(o.Mark(), "a")
	enter(o.Mark(), "a")
	enter(o.Mark(), "b")
	enter(o.Mark(), "a")() // which has left
	if n := o.Cut(is("a")); n != 2 || !slices.Equal(cut, []string{"a", "a"}) {
		t.Errorf("%d %v", n, cut)
	}
	if n := o.Cut(is("a")); n != 0 {
		t.Errorf("%d are cut twice", n)
	}
}

// TestMeanwhile proves that nobody gets in who is cut while they are looked at.
func TestMeanwhile(t *testing.T) {
	var o Open
	var cut []string
	enter := func(since Mark, id string) {
		o.Enter(since, Caller{ID: id}, func() { cut = append(cut, id) })
	}
	before := o.Mark()
	o.Cut(is("gone"))
	enter(before, "gone")
	enter(before, "stays")
	enter(o.Mark(), "gone") // looked at after the cut: they are somebody who may be here again
	if !slices.Equal(cut, []string{"gone"}) {
		t.Errorf("%v", cut)
	}
	for range keptCuts + 1 {
		o.Cut(is("others"))
	}
	cut = nil
	enter(before, "stays") // so long ago that nobody knows
	if !slices.Equal(cut, []string{"stays"}) {
		t.Errorf("%v", cut)
	}
}
