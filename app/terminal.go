package app

import (
	"io"
	"os"

	"github.com/mattn/go-isatty"
)

// isTerminal says whether a person sits at f's other end.
func isTerminal(f *os.File) bool {
	return isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd())
}

// forTerminal gives a writer for content from elsewhere: to a terminal it
// passes text alone, since control characters can make a terminal do things.
func forTerminal(w io.Writer) io.Writer {
	if f, ok := w.(*os.File); ok && isTerminal(f) {
		return &harmless{w: w}
	}
	return w
}

// harmless makes control characters, C1 in UTF-8 too, into question marks.
type harmless struct {
	w    io.Writer
	last byte
}

func (h *harmless) Write(p []byte) (int, error) {
	clean := make([]byte, len(p))
	for i, b := range p {
		clean[i] = b
		control := b < ' ' && b != '\n' && b != '\t' || b == 0x7f
		if control || h.last == 0xc2 && b >= 0x80 && b < 0xa0 {
			clean[i] = '?'
		}
		h.last = b
	}
	return h.w.Write(clean)
}
