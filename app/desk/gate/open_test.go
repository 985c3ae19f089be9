package gate

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
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

// TestOver proves that what stands open ends with the token or key that it was
// opened with, and that nothing waits for one that has left.
func TestOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o Open
		var cut []string
		enter := func(id string, left time.Duration) func() {
			return o.Enter(o.Mark(), Caller{ID: id, Left: left}, func() { cut = append(cut, id) })
		}
		enter("an hour", time.Hour)
		enter("a day", 24*time.Hour)
		enter("for ever", 0)
		enter("left", time.Minute)()
		time.Sleep(time.Hour + time.Second)
		synctest.Wait()
		if !slices.Equal(cut, []string{"an hour"}) || o.Len() != 2 {
			t.Errorf("after an hour %v are cut, %d stand open", cut, o.Len())
		}
		o.Cut(is("a day"))
		time.Sleep(48 * time.Hour)
		synctest.Wait()
		if !slices.Equal(cut, []string{"an hour", "a day"}) || o.Len() != 1 {
			t.Errorf("after two days %v are cut, %d stand open", cut, o.Len())
		}
	})
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
