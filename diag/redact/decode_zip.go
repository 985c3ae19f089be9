package redact

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	// zipMemory is how much of an archive is kept in memory, in bytes.
	zipMemory = 8 << 20
	// maxZipFiles is how many files an archive may have.
	maxZipFiles = 10_000
)

// archive keeps a zip archive until its end is there, which says what is in it.
type archive struct {
	d       *Decoder
	memory  []byte
	scratch Scratch // nil while memory does
	size    int64
	err     error // sticky
}

func newArchive(d *Decoder) *archive { return &archive{d: d} }

func (a *archive) Write(p []byte) (n int, err error) {
	if a.err != nil {
		return 0, a.err
	}
	defer func() { a.err = err }()
	a.size += int64(len(p))
	if a.scratch == nil && len(a.memory)+len(p) <= zipMemory {
		a.memory = append(a.memory, p...)
		return len(p), nil
	}
	if a.scratch == nil {
		if err := a.spill(); err != nil {
			return 0, err
		}
	}
	return a.scratch.Write(p)
}

// spill goes from memory to scratch.
func (a *archive) spill() error {
	if a.d.o.Scratch == nil {
		return a.d.refusef("it is a zip archive and too large to be looked through")
	}
	s, err := a.d.o.Scratch()
	if err != nil {
		return err
	}
	a.scratch = s
	_, err = s.Write(a.memory)
	a.memory = nil
	return err
}

func (a *archive) Close() error {
	if a.err == nil {
		if a.scratch == nil {
			a.err = a.d.rezip(bytes.NewReader(a.memory), a.size)
		} else {
			a.err = a.d.rezip(a.scratch, a.size)
		}
	}
	if a.scratch != nil {
		return errors.Join(a.err, a.scratch.Close())
	}
	return a.err
}

// rezip writes the archive that r has in its first size bytes again, with
// redacted files and names, without comments and extra fields. Files that are
// refused are left out; if nothing is left, the archive is refused.
func (d *Decoder) rezip(r io.ReaderAt, size int64) error {
	src, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return d.refusef("it cannot be unpacked: %v", err)
	}
	if len(src.File) > maxZipFiles {
		return d.refusef("it is an archive of %d files", len(src.File))
	}
	dst := zip.NewWriter(d.dst)
	taken := map[string]bool{}
	files, left := 0, 0
	var last *Refused
	for _, f := range src.File {
		name := d.entryName(f.Name, taken)
		if strings.HasSuffix(f.Name, "/") {
			if _, err := dst.CreateHeader(&zip.FileHeader{Name: name, Modified: f.Modified}); err != nil {
				return err
			}
			continue
		}
		// A file is redacted before its header is written: one that is
		// refused must not be there at all.
		err := d.rezipFile(dst, f, name)
		var refused *Refused
		switch {
		case errors.As(err, &refused):
			left++
			last = refused
			if d.o.Left != nil {
				d.o.Left(refused)
			}
		case err != nil:
			return err
		default:
			files++
		}
	}
	if files == 0 && left > 0 {
		return d.refusef("nothing in it can be redacted; of %s: %s", last.Inside, last.Reason)
	}
	return dst.Close()
}

func (d *Decoder) refusef(format string, args ...any) error {
	return &Refused{Inside: d.o.inside, Reason: fmt.Sprintf(format, args...)}
}

// entryName is a file's name in the new archive.
func (d *Decoder) entryName(name string, taken map[string]bool) string {
	out := d.rules.Name(name, d.names)
	for i := 2; taken[out]; i++ {
		out = fmt.Sprintf("%s-%d", strings.TrimSuffix(d.rules.Name(name, d.names), "/"), i)
		if strings.HasSuffix(name, "/") {
			out += "/"
		}
	}
	taken[out] = true
	return out
}

// rezipFile redacts one file twice: first to see whether it is refused, since
// an archive that is written as a stream cannot take back what it has.
func (d *Decoder) rezipFile(dst *zip.Writer, f *zip.File, name string) error {
	o := d.o
	o.depth++
	if o.inside = name; d.o.inside != "" {
		o.inside = d.o.inside + "/" + name
	}
	trial := o
	trial.Note, trial.Left, trial.size = nil, nil, newSizes(o.Limit, o.bomb)
	trial.size.in.Store(o.size.in.Load())
	dec, err := d.redactEntry(io.Discard, f, trial)
	if err != nil {
		return err
	}
	if was, is := dec.Ending(); was != "" {
		name = strings.TrimSuffix(name, was) + is
	}
	w, err := dst.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: f.Modified})
	if err != nil {
		return err
	}
	_, err = d.redactEntry(w, f, o)
	if isRefused(err) { // it was not a moment ago
		return errors.New("an archive changed while it was read")
	}
	return err
}

// redactEntry redacts one file of an archive into dst.
func (d *Decoder) redactEntry(dst io.Writer, f *zip.File, o Decoding) (*Decoder, error) {
	refuse := func(err error) error {
		return &Refused{Inside: o.inside, Reason: fmt.Sprintf("it cannot be unpacked: %v", err)}
	}
	if f.Flags&1 != 0 {
		return nil, refuse(errors.New("a password protects it"))
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse(err)
	}
	defer r.Close()
	dec := Decode(dst, d.rules, d.names, o)
	buf := make([]byte, 32<<10)
	for {
		n, err := r.Read(buf)
		if _, werr := dec.Write(buf[:n]); werr != nil {
			return dec, dec.Close()
		}
		if errors.Is(err, io.EOF) {
			return dec, dec.Close()
		}
		if err != nil {
			_ = dec.Close()
			return dec, refuse(err)
		}
	}
}
