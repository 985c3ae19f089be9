//go:build !headless

package evidence

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/app/gui/theme"
	"github.com/beistand/beistand/diag/bundle"
)

// long is a text of several parts with numbered lines, and one line that is
// longer than a part may go on.
func long() []byte {
	var b bytes.Buffer
	for i := 1; b.Len() < 2*maxText+maxText/2; i++ {
		fmt.Fprintf(&b, "%07d %s\n", i, strings.Repeat("x", i%90))
	}
	b.WriteString(strings.Repeat("y", maxText))
	b.WriteString("\nthe end\n")
	return b.Bytes()
}

// TestPartsAreTheWhole: nothing of a text is in no part, or in two, and every
// part knows the number of its first line.
func TestPartsAreTheWhole(t *testing.T) {
	text := long()
	var whole []byte
	for i := 0; ; i++ {
		p, err := readPart(iotest.HalfReader(bytes.NewReader(text)), spot{part: i})
		if err != nil {
			t.Fatal(err)
		}
		if want := bytes.Count(whole, []byte{'\n'}) + 1; p.index != i || p.first != want || len(p.bytes) > maxText+maxMore {
			t.Fatalf("part %d is %d, from line %d, of %d bytes; want line %d", i, p.index, p.first, len(p.bytes), want)
		}
		whole = append(whole, p.bytes...)
		if !p.more {
			break
		}
	}
	if !bytes.Equal(whole, text) {
		t.Errorf("the parts are %d bytes, the text %d", len(whole), len(text))
	}
}

func TestThePartWithALine(t *testing.T) {
	text := long()
	lines := bytes.Split(text, []byte{'\n'})
	for _, line := range []int{1, 1000, 150_000, 300_000, len(lines) - 1} {
		p, err := readPart(bytes.NewReader(text), spot{line: line})
		if err != nil {
			t.Fatal(err)
		}
		got := bytes.Split(p.bytes, []byte{'\n'})
		if at := line - p.first; at < 0 || at >= len(got) || !bytes.HasPrefix(lines[line-1], got[at][:min(len(got[at]), 7)]) {
			t.Errorf("line %d is not in the part from line %d", line, p.first)
		}
	}
	if p, err := readPart(bytes.NewReader(text), spot{line: len(lines) * 2}); err != nil || p.more {
		t.Errorf("a line beyond the end: %v, more %v", err, p.more)
	}
}

// TestALongTextIsLookedThroughToItsEnd: nothing is sent that could not be looked at.
func TestALongTextIsLookedThroughToItsEnd(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Calm{})
	text := long()
	w := a.NewWindow("")
	p := pagetest.New(t, w)
	scope := page.NewScope(t.Context(), p.Do)
	look := NewLook(scope, files{"a.log": text})
	w.SetContent(look.Object)
	w.Resize(fyne.NewSize(600, 400))
	item := Item{File: bundle.File{Path: "a.log", Size: int64(len(text))}, Title: "Log file"}
	look.Show(item)
	p.See("Part 1 of 4 is shown here")
	last := bytes.Count(text, []byte{'\n'})
	look.ShowLine(item, last)
	p.See("the end")
	p.See(fmt.Sprint(last))
	p.See("Part 4 of 4")
	scope.End()
	scope.Wait()
	p.Drain()
}
