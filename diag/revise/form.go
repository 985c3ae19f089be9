package revise

import (
	"bufio"
	"bytes"
	"io"
	"os"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
)

// headSize is how much of a file says in what form its text is, in bytes.
const headSize = 4 << 10

// otherForm says whether text is packed or in UTF-16. Then the engine looks for
// it, in that form; otherwise it is looked for as it stands there.
func otherForm(head []byte) bool {
	for _, magic := range []string{"\x1f\x8b", "\x28\xb5\x2f\xfd", "\xfd7zXZ\x00", "PK\x03\x04", "PK\x05\x06", "\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return bytes.Count(head, []byte{0})*4 > len(head)
}

// revised reads a text with the changes in it.
func (r *Revision) revised(src io.ReadCloser, f bundle.File) *stream {
	in := bufio.NewReaderSize(src, headSize)
	s := &stream{src: src, in: in, block: make([]byte, readBlock), tally: NewTally()}
	head, _ := in.Peek(headSize) // what cannot be read says so below
	if !otherForm(head) {
		s.w = r.writer(&s.out, f.MediaType, &s.tally)
		s.asItStands = true
		return s
	}
	for kind, n := range f.Replaced {
		s.tally.Gone[redact.Kind(kind)] = n
	}
	s.w = plain{&s.out}
	if r.textChanges() {
		s.w = r.decoder(&s.out, s.tally)
	}
	return s
}

// decoder makes the changes in text of another form.
func (r *Revision) decoder(dst io.Writer, tally Tally) io.WriteCloser {
	names := r.table.Names
	if names == nil {
		names, _ = redact.NewNames(make([]byte, redact.KeySize)) // gives nothing back
	}
	return redact.Decode(dst, redact.Revise(r.changes.Hide, r.changes.Restore), names, redact.Decoding{
		Note: func(s redact.Spot) {
			if s.Kind == redact.Hidden {
				tally.Gone[s.Kind]++
				return
			}
			tally.Gone[s.Kind]--
			tally.Kept[s.Kind]++
		},
		Scratch: newScratch,
	})
}

// scratch is a file that is gone once it is closed.
type scratch struct{ *os.File }

func newScratch() (redact.Scratch, error) {
	f, err := os.CreateTemp("", ".beistand-*.part") // mode 0600
	if err != nil {
		return nil, err
	}
	return scratch{f}, nil
}

// Close removes the file.
func (s scratch) Close() error {
	err := s.File.Close()
	if rerr := os.Remove(s.Name()); err == nil {
		err = rerr
	}
	return err
}
