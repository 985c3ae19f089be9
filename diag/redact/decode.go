package redact

import (
	"errors"
	"io"
)

// Refused says why something is not redacted: it cannot be read to the last
// byte, so nobody knows what is in it. What was written of it until then must
// not be used.
type Refused struct {
	Inside string // the file of an archive that is meant; "" if it is the whole
	Reason string // in words, after "it is left out: "
}

func (r *Refused) Error() string {
	if r.Inside == "" {
		return r.Reason
	}
	return r.Inside + ": " + r.Reason
}

// Spot is a replacement and where it is.
type Spot struct {
	Replacement
	Line   int64  // from 1, in the text as it was read; 0 if Decoding.Lines was not set
	Inside string // the file of an archive; "" if it is none
}

// Scratch is a place for an archive that is read from its end.
type Scratch interface {
	io.Writer
	io.ReaderAt
	io.Closer
}

// Decoding is what Decode may be given beside the text; its zero value will do.
type Decoding struct {
	Note    func(Spot)              // is told of every replacement, in order; may be nil
	Lines   bool                    // Note is told lines
	Left    func(*Refused)          // is told of the files of an archive that are left out of it; may be nil
	Scratch func() (Scratch, error) // gives a place for archives above 8 MiB; nil refuses them
	Limit   int64                   // bytes of text, all that is unpacked together; 0 is 16 GiB
	Begin   func()                  // is called first on a goroutine that unpacks; may be nil

	inside string
	depth  int
	size   *sizes
	bomb   int64 // bytes of text from which on it may be an attack; 0 is bombSize
}

// headSize is how much of a file says what it is.
const headSize = 4 << 10

// Decoder redacts one file, whatever way its text is written: as UTF-8 or any
// code page, in UTF-16, or packed by gzip, zstd, xz, bzip2 or zip, at most two
// of these inside each other. What is written has the form of what was read,
// but for bzip2, which becomes gzip (see Ending). What it cannot read is
// refused as a *Refused by Write or Close.
//
// It holds some 2 MiB for text and at most 40 MiB for what is packed, whatever
// the size of the file or of a line. Close must be called, also after an
// error; it does not close what lies below.
type Decoder struct {
	rules *Rules
	names *Names
	dst   io.Writer
	o     Decoding

	head   []byte
	next   io.WriteCloser // nil until head is full
	packed packing
	err    error // sticky
	closed bool
}

// Decode makes a decoder that redacts what is written to it into dst.
func Decode(dst io.Writer, rules *Rules, names *Names, o Decoding) *Decoder {
	if o.size == nil {
		o.size = newSizes(o.Limit, o.bomb)
	}
	return &Decoder{rules: rules, names: names, dst: dst, o: o, head: make([]byte, 0, headSize)}
}

func (d *Decoder) Write(p []byte) (int, error) {
	if d.closed {
		return 0, errClosed
	}
	if d.o.depth == 0 {
		d.o.size.in.Add(int64(len(p)))
	}
	written := 0
	if d.next == nil && d.err == nil {
		n := copy(d.head[len(d.head):headSize], p)
		d.head = d.head[:len(d.head)+n]
		written, p = n, p[n:]
		if len(d.head) < headSize || len(p) == 0 {
			return written, nil
		}
		d.begin()
	}
	if d.err != nil {
		return written, d.err
	}
	n, err := d.next.Write(p)
	d.err = err
	return written + n, err
}

// Close redacts what is left.
func (d *Decoder) Close() error {
	if d.closed {
		return d.err
	}
	d.closed = true
	if d.next == nil && d.err == nil {
		d.begin()
	}
	if d.next == nil {
		return d.err
	}
	// What is packed ends its goroutine here, after an error too, and says
	// better than a broken pipe what it was.
	if err := d.next.Close(); err != nil && (d.err == nil || isRefused(err)) {
		d.err = err
	}
	return d.err
}

// begin looks at the head, chooses how to go on, and goes on with the head.
func (d *Decoder) begin() {
	d.packed = packingOf(d.head)
	switch what := kindByMagic(d.head); {
	case what != "":
		d.err = &Refused{Inside: d.o.inside, Reason: "it is no text but " + what}
		return
	case d.packed != unpacked && d.o.depth >= maxDepth:
		d.err = &Refused{Inside: d.o.inside, Reason: "it is packed more than twice"}
		return
	case d.packed == zipped:
		d.next = newArchive(d)
	case d.packed != unpacked:
		d.next = newUnpacker(d)
	default:
		d.next, d.head = d.text()
	}
	if len(d.head) > 0 {
		_, d.err = d.next.Write(d.head)
	}
	d.head = nil
}

// Ending gives how the name of a file ends after redaction that ended in
// another way before: one packed by bzip2 is packed by gzip then. It counts
// after Close.
func (d *Decoder) Ending() (was, is string) {
	if d.packed == bzipped {
		return ".bz2", ".gz"
	}
	return "", ""
}

func isRefused(err error) bool {
	var r *Refused
	return errors.As(err, &r)
}
