package diag

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
)

// Copied is what came of one file.
type Copied struct {
	Replaced bundle.Counts
	Cut      string // what is left out of an archive, in words
	Was, Is  string // endings of the name before and after, when it is packed in another way now; else ""
}

// Copy redacts src into dst. What cannot be redacted is a *redact.Refused;
// what was written of it until then is of no use. Archives that do not fit
// into memory go through a file in the folder. explain, which may be nil, is
// told of every replacement.
func (r *Redactor) Copy(ctx context.Context, dst io.Writer, src io.Reader, folder string, explain func(redact.Spot)) (Copied, error) {
	f := r.file(dst, "", folder, explain)
	_, err := io.CopyBuffer(f, stopping{ctx, src}, make([]byte, 64<<10))
	if cerr := f.close(); err == nil || isRefused(cerr) {
		err = cerr
	}
	got := Copied{Replaced: f.count, Cut: r.Text(f.cut())}
	got.Was, got.Is = f.in.Ending()
	return got, err
}

// Bundle writes what src has, redacted, as a new bundle at path. Files that
// cannot be redacted are left out by name.
func (r *Redactor) Bundle(ctx context.Context, path string, src *bundle.Reader, explain func(path string, s redact.Spot)) (*bundle.Manifest, error) {
	m := src.Manifest()
	head := m
	head.Redaction = &bundle.Redaction{}
	if head.Host != "" && !strings.HasPrefix(head.Host, "<") {
		head.Host = r.host(head.Host)
	}
	w, err := bundle.Create(path, head)
	if err != nil {
		return nil, err
	}
	defer w.Discard()
	clean := &cleaning{by: r, folder: filepath.Dir(path)}
	for _, l := range m.LeftOut {
		l.Path, l.Why = r.Path(l.Path), r.Text(l.Why)
		w.LeaveOut(l)
	}
	sizes, files := map[string]int64{}, map[string]int{}
	for _, f := range m.Files {
		n, err := r.rewrite(ctx, w, clean, src, f, explain)
		var refused *bundle.QuarantineError
		var full *bundle.NoRoomError
		switch {
		case err == nil:
			sizes[f.Collector] += n
			files[f.Collector]++
		case !errors.As(err, &refused) && !errors.As(err, &full):
			return nil, fmt.Errorf("redact %q: %w", f.Path, err)
		}
	}
	for i := range m.Collectors {
		o := &m.Collectors[i]
		o.Source, o.Error, o.Note = r.Text(o.Source), r.Text(o.Error), r.Text(o.Note)
		if o.Files > 0 && files[o.Name] == 0 {
			o.State, o.Error = bundle.Skipped, "it could not be redacted"
		}
		o.Files, o.Bytes = files[o.Name], sizes[o.Name]
	}
	w.SetOutcomes(m.Collectors)
	if err := w.Checkpoint(); err != nil {
		return nil, err
	}
	if risks, unchecked := r.secondLook(ctx, path); len(risks) > 0 || unchecked != "" {
		w.SetRisks(risks, unchecked)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	got := w.Manifest()
	return &got, nil
}

// rewrite redacts one file of a bundle into another, and gives its size.
func (r *Redactor) rewrite(ctx context.Context, w *bundle.Writer, clean *cleaning, src *bundle.Reader, f bundle.File, explain func(string, redact.Spot)) (int64, error) {
	was := f.Path
	c, err := src.OpenFile(was)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	passes := f.Collector == screensCollector && f.MediaType == "image/png"
	if f.Unredacted = ""; passes {
		f.Unredacted = isPicture
	}
	e, err := clean.add(w, &f)
	if err != nil {
		return 0, err
	}
	if passes {
		n, err := io.Copy(e, stopping{ctx, c})
		return n, errors.Join(err, e.Close())
	}
	var note func(redact.Spot)
	if explain != nil {
		note = func(s redact.Spot) { explain(was, s) }
	}
	text := r.file(e, f.MediaType, clean.folder, note)
	_, err = io.Copy(text, stopping{ctx, c})
	if cerr := text.close(); err == nil || isRefused(cerr) {
		err = cerr
	}
	switch {
	case isRefused(err):
		return 0, e.Quarantine(r.Text(err.Error()))
	case err != nil:
		return 0, errors.Join(err, e.LeaveOut("it was not finished"))
	}
	for kind, n := range f.Replaced {
		text.count[kind] += n // by whoever redacted it before
	}
	e.SetReplaced(text.count)
	e.SetCut(strings.Trim(f.Cut+"; "+r.Text(text.cut()), "; "))
	return text.out.n, e.Close()
}
