package bundle

import (
	"context"
	"fmt"
	"io"
)

// byCustomer is why a file is left out that was unticked.
const byCustomer = "left out by the customer"

// Revision is what the owner of a bundle changes in what is sent of it.
type Revision interface {
	// Text gives a text of the manifest as it is sent.
	Text(text string) string
	// Path gives the path of a file as it is sent.
	Path(path string) string
	// Revised opens a file's content as it is sent; nil without an error
	// means that it is sent as the bundle has it. What it gives may have a
	// method Replaced, which counts for the manifest what was read.
	Revised(ctx context.Context, f File) (io.ReadCloser, error)
	// Risks says what may be left.
	Risks(ctx context.Context) ([]Risk, error)
}

// Select copies src to dst without the files that keep refuses; dst names
// them as left out. What is kept is copied as it is packed, unread: it is
// what src has, right or damaged. On an error nothing is at dst.
func Select(dst string, src *Reader, keep func(File) bool) error {
	return SelectRevised(context.Background(), dst, src, keep, asItIs{src})
}

// asItIs changes nothing.
type asItIs struct{ src *Reader }

func (asItIs) Text(text string) string                              { return text }
func (asItIs) Path(path string) string                              { return path }
func (asItIs) Revised(context.Context, File) (io.ReadCloser, error) { return nil, nil }

func (a asItIs) Risks(context.Context) ([]Risk, error) {
	if r := a.src.manifest.Redaction; r != nil {
		return r.Risks, nil
	}
	return nil, nil
}

// SelectRevised is Select with changes. A file that is changed is written anew,
// with the size and the hash of what is sent; nothing of what it was before is
// in dst. It ends early with ctx.
func SelectRevised(ctx context.Context, dst string, src *Reader, keep func(File) bool, rev Revision) error {
	if src.encrypted {
		return refuse(ErrEncrypted, "", "nothing can be left out of it any more")
	}
	m := src.Manifest()
	m.Host = rev.Text(m.Host)
	w, err := createPart(dst, m, nil)
	if err != nil {
		return err
	}
	defer w.Discard()
	w.whole = true
	s := &selection{w: w, src: src, rev: rev, paths: map[string]string{}}
	for _, l := range m.LeftOut {
		s.leaveOut(l)
	}
	sum := newSums(m.Collectors, rev)
	for _, f := range m.Files {
		if !keep(f) {
			s.leaveOut(LeftOut{Path: f.Path, Title: f.Title, Why: byCustomer})
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		size, err := s.take(ctx, f)
		if err != nil {
			return fmt.Errorf("write bundle %q: %w", dst, err)
		}
		sum.add(f.Collector, size)
	}
	w.SetOutcomes(sum.outcomes())
	if m.Redaction != nil {
		risks, err := rev.Risks(ctx)
		if err != nil {
			return fmt.Errorf("write bundle %q: %w", dst, err)
		}
		s.risks(risks, m.Redaction.Unchecked)
	}
	return w.Close()
}

// addPacked copies a file from another bundle without unpacking it. was is how
// that bundle describes it, f how this one does.
func (w *Writer) addPacked(f, was File, src *Reader) error {
	e := *src.entry(&was)
	e.name = f.Path
	w.mu.Lock()
	why := checkPath(f.Path)
	if why == "" {
		why = w.taken.take(f.Path)
	}
	w.mu.Unlock()
	if why != "" {
		return fmt.Errorf("add %q to the bundle: it %s", f.Path, why)
	}
	return w.add(f, e, section{src.section(src.entry(&was))}, nil)
}
