package diag

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
)

// cleaning is how one run redacts.
type cleaning struct {
	by         *Redactor
	folder     string // for what does not fit into memory
	quarantine string // folder for copies of what is refused; "" keeps none
	tooMuch    bool   // what is refused goes into the bundle as it is: the person has said so
}

// screensCollector is the one whose pictures pass: the person sees them.
const screensCollector = "screens"

// isPicture is why such a picture is as it was collected.
const isPicture = "it is a picture"

// copying are the collectors whose files may be anything; of the others' texts
// what is refused is rare, and is where it was read.
var copying = []string{"exports", "files"}

// unredactedFolder is where a bundle has what is in it as it was collected.
const unredactedFolder = "unredacted/"

// add begins a file of the bundle under its redacted name, which f has then,
// with its texts.
func (c *cleaning) add(w *bundle.Writer, f *bundle.File) (*bundle.Entry, error) {
	was := f.Path
	f.Path = c.by.Path(c.by.named(was, f.Source))
	f.Source, f.Cut, f.Outside = c.by.Text(f.Source), c.by.Text(f.Cut), c.by.Text(f.Outside)
	e, err := w.Add(*f)
	if f.Path == was {
		return e, err
	}
	// Different names may have become the same: secrets have no numbers.
	ext := path.Ext(f.Path)
	stem := strings.TrimSuffix(f.Path, ext)
	var full *bundle.NoRoomError
	for n := 2; err != nil && !errors.As(err, &full) && n < 100; n++ {
		f.Path = fmt.Sprintf("%s-%d%s", stem, n, ext)
		e, err = w.Add(*f)
	}
	return e, err
}

// copies begins a copy of a file of a collector, if one is to be kept.
func (c *cleaning) copies(collector string) *copied {
	if c.quarantine == "" || !slices.Contains(copying, collector) {
		return nil
	}
	return &copied{folder: c.quarantine}
}

// refuse leaves a refused file out by name. Its copy is kept beside the
// bundle, or goes into it if the person has said so.
func (c *cleaning) refuse(f *sinkFile, why string) error {
	why = c.by.Text(why)
	if c.tooMuch && f.copy.whole() {
		to := f.file
		to.Path, to.Unredacted = unredactedFolder+to.Path, why
		if err := f.copy.into(f.s.w, to, f.cut); err == nil {
			f.size = f.copy.size
			_ = f.e.Quarantine(why)
			return nil
		}
	}
	f.copy.keep(f.file.Path)
	return f.e.Quarantine(why)
}

// copied is a file as it was collected, in a file that its owner alone can
// read, gone unless it is kept. All its methods may be called on nil.
type copied struct {
	folder string
	file   *os.File
	size   int64
	failed bool
}

func (c *copied) write(p []byte) {
	if c == nil || c.failed || len(p) == 0 {
		return
	}
	if c.file == nil {
		err := os.MkdirAll(c.folder, 0o700)
		if err == nil {
			c.file, err = os.CreateTemp(c.folder, ".copy-*") // mode 0600
		}
		if err != nil {
			c.failed = true // then there is none; the file itself is where it was
			return
		}
	}
	n, err := c.file.Write(p)
	c.size += int64(n)
	c.failed = err != nil
}

func (c *copied) whole() bool { return c != nil && c.file != nil && !c.failed }

// into puts the copy into the bundle.
func (c *copied) into(w *bundle.Writer, to bundle.File, cut string) error {
	e, err := w.Add(to)
	if err != nil {
		return err
	}
	if _, err = c.file.Seek(0, io.SeekStart); err == nil {
		_, err = io.Copy(e, c.file)
	}
	if err != nil {
		return errors.Join(err, e.LeaveOut("its copy could not be read"))
	}
	e.SetCut(cut)
	return e.Close()
}

// keep gives the copy a name of its own.
func (c *copied) keep(name string) {
	if !c.whole() {
		return
	}
	part := c.file.Name()
	if c.file.Close() != nil {
		return
	}
	base := collect.SafeName(path.Base(name))
	for n := 1; n < 1000; n++ {
		to := filepath.Join(c.folder, fmt.Sprintf("%03d-%s", n, base))
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			if os.Rename(part, to) == nil {
				c.file = nil
			}
			return
		}
	}
}

// drop removes a copy that was not kept, and a folder without any.
func (c *copied) drop() {
	if c == nil || c.file == nil {
		return
	}
	_ = c.file.Close()
	_ = os.Remove(c.file.Name())
	_ = os.Remove(c.folder) // unless it holds something
	c.file = nil
}
