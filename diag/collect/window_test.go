package collect

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// countedReader counts what is read.
type countedReader struct {
	io.ReaderAt
	n int64
}

func (c *countedReader) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	c.n += int64(n)
	return n, err
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// logOf writes n lines, one every step, each followed by noise; it gives the
// offset and time of each.
func logOf(r *rand.Rand, n int, start time.Time, step time.Duration, noise int) (text string, offsets []int, times []time.Time) {
	var b strings.Builder
	for i := range n {
		at := start.Add(time.Duration(i) * step)
		offsets, times = append(offsets, b.Len()), append(times, at)
		fmt.Fprintf(&b, "%s something happened %s\n", at.Format(time.RFC3339Nano), strings.Repeat("x", r.IntN(200)))
		if noise > 0 && r.IntN(noise) == 0 {
			for range r.IntN(40) {
				fmt.Fprintf(&b, "\tat com.example.Some.method(Some.java:%d)\n", r.IntN(1000))
			}
		}
	}
	return b.String(), offsets, times
}

// TestWindowBounds holds the halving against a plain walk over every line.
func TestWindowBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	for _, noise := range []int{0, 1, 30} {
		text, offsets, times := logOf(r, 20_000, start, time.Second, noise)
		for _, wide := range []bool{false, true} {
			raw, order, unit := []byte(text), encoding{}, 1
			if wide {
				raw, unit = utf16le(text), 2
				order = orderOf(raw[:4096])
			}
			for range 40 {
				target := start.Add(time.Duration(r.IntN(20_400)-200) * time.Second)
				want := int64(len(raw))
				for i, at := range times {
					if !at.Before(target) {
						want = int64(offsets[i] * unit)
						break
					}
				}
				for _, more := range []bool{false, true} {
					c := &countedReader{ReaderAt: bytes.NewReader(raw)}
					l := &timeline{r: c, size: int64(len(raw)), order: order, clock: testClock()}
					got, err := l.first(t.Context(), target, more)
					if err != nil || got != want {
						t.Fatalf("noise %d, wide %v, more %v: %d instead of %d, %v", noise, wide, more, got, want, err)
					}
					if c.n > 2<<20 {
						t.Errorf("%d bytes were read of %d", c.n, len(raw))
					}
				}
			}
		}
	}
}

// TestWindowWithoutTimes takes more rather than less where lines have no times for long.
func TestWindowWithoutTimes(t *testing.T) {
	silence := strings.Repeat("no time here\n", 200_000)
	text := "2026-11-20T08:00:00Z a\n" + silence + "2026-11-20T09:00:00Z b\n" + silence + "2026-11-20T10:00:00Z c\n"
	l := &timeline{r: strings.NewReader(text), size: int64(len(text)), clock: testClock()}
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 20, hour, minute, 0, 0, time.UTC) }
	from, err := l.first(t.Context(), at(8, 30), false)
	if b := int64(strings.Index(text, "2026-11-20T09")); err != nil || from > b {
		t.Errorf("the window begins at %d, behind %d: %v", from, b, err)
	}
	to, err := l.first(t.Context(), at(9, 30), true)
	if c := int64(strings.Index(text, "2026-11-20T10")); err != nil || to < c {
		t.Errorf("the window ends at %d, before %d: %v", to, c, err)
	}
}

// FuzzWindow holds that no line of the window is lost, whatever stands between.
func FuzzWindow(f *testing.F) {
	f.Add(uint64(1), 500, "noise\n")
	f.Add(uint64(2), 90, "\x00\x00")
	f.Fuzz(func(t *testing.T, seed uint64, second int, junk string) {
		if strings.ContainsAny(junk, "0123456789") {
			return // it may have a time of its own, which says another order
		}
		r := rand.New(rand.NewPCG(seed, 1))
		start := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
		var b strings.Builder
		var offsets []int64
		for i := range 600 {
			offsets = append(offsets, int64(b.Len()))
			b.WriteString(start.Add(time.Duration(i) * time.Second).Format(time.RFC3339))
			b.WriteString(strings.Repeat(" x", r.IntN(300)) + "\n")
			if r.IntN(20) == 0 {
				b.WriteString(strings.Repeat(junk+"\n", r.IntN(200)))
			}
		}
		l := &timeline{r: strings.NewReader(b.String()), size: int64(b.Len()), clock: testClock()}
		middle := ((second % 600) + 600) % 600
		target := start.Add(time.Duration(middle) * time.Second)
		from, err := l.first(t.Context(), target, false)
		if err != nil || from > offsets[middle] {
			t.Fatalf("the window begins at %d instead of %d: %v", from, offsets[middle], err)
		}
		to, err := l.first(t.Context(), target, true)
		if err != nil || middle > 0 && to <= offsets[middle-1] {
			t.Fatalf("what is before it ends at %d: %v", to, err)
		}
	})
}
