//go:build !headless

package page

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/api"
)

func TestALeftPageShowsNothing(t *testing.T) {
	queue := make(chan func(), 1)
	window := NewScope(t.Context(), func(f func()) { queue <- f })
	page := window.Child()
	shown := false
	Load(page, func(context.Context) (int, error) { return 1, nil }, func(int, error) { shown = true })
	f := <-queue
	page.End()
	f()
	if shown {
		t.Error("shown although the page was left")
	}
}

func TestLeavingCancels(t *testing.T) {
	window := NewScope(t.Context(), func(f func()) { f() })
	page := window.Child()
	got := make(chan error, 1)
	Load(page, func(ctx context.Context) (int, error) {
		<-ctx.Done()
		got <- ctx.Err()
		return 0, ctx.Err()
	}, func(int, error) { t.Error("shown") })
	page.End()
	window.Wait()
	if err := <-got; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestNewest(t *testing.T) {
	var queue []func()
	var shown []int
	n := NewNewest(NewScope(t.Context(), func(f func()) { queue = append(queue, f) }), func(v int) { shown = append(shown, v) })
	for v := range 1000 {
		n.Put(v)
	}
	if len(queue) != 1 {
		t.Fatalf("%d wait, want 1", len(queue))
	}
	queue[0]()
	n.Put(7)
	queue[1]()
	if len(shown) != 2 || shown[0] != 999 || shown[1] != 7 {
		t.Errorf("shown %v", shown)
	}
}

func TestSays(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range [][2]string{
		{Size(0), "0 bytes"},
		{Size(1), "1 byte"},
		{Size(1536), "1.5\u00a0kB"},
		{Size(8 << 20), "8.0\u00a0MB"},
		{Clock(5 * time.Second), "0:05"},
		{Clock(time.Hour + 2*time.Minute + 3*time.Second), "1:02:03"},
		{Span(time.Second), "1 second"},
		{Span(59 * time.Second), "59 seconds"},
		{Span(89 * time.Second), "1 minute"},
		{Age(10 * time.Second), "just now"},
		{Age(59 * time.Minute), "59 min ago"},
		{Age(25 * time.Hour), "1 d ago"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
	for _, p := range []api.Priority{api.Critical, api.High, api.Normal, api.Low} {
		if word, _ := Priority(p); word == "" {
			t.Errorf("%s has no word", p)
		}
	}
}

func TestMain(m *testing.M) {
	if _, err := Speak("en"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
