package bundle

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"
)

// selection is a bundle on its way to another.
type selection struct {
	w     *Writer
	src   *Reader
	rev   Revision
	paths map[string]string // of what was taken: its path before and now
}

// risks keeps those of files that were taken.
func (s *selection) risks(all []Risk, unchecked string) {
	var left []Risk
	for _, risk := range all {
		if path, taken := s.paths[risk.Path]; taken {
			risk.Path = path
			left = append(left, risk)
		}
	}
	s.w.SetRisks(left, unchecked)
}

func (s *selection) leaveOut(l LeftOut) {
	l.Path, l.Why = s.rev.Path(l.Path), s.rev.Text(l.Why)
	s.w.LeaveOut(l)
}

// take copies a file, or writes it anew, and gives its size.
func (s *selection) take(ctx context.Context, f File) (int64, error) {
	changed, err := s.rev.Revised(ctx, f)
	if err != nil {
		return 0, err
	}
	was := f
	f.Path = s.free(s.rev.Path(f.Path))
	s.paths[was.Path] = f.Path
	f.Source, f.Cut, f.Outside = s.rev.Text(f.Source), s.rev.Text(f.Cut), s.rev.Text(f.Outside)
	if changed == nil {
		return f.Size, s.w.addPacked(f, was, s.src)
	}
	defer changed.Close()
	e, err := s.w.Add(f)
	if err != nil {
		return 0, err
	}
	size, err := io.Copy(e, changed)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		_ = e.LeaveOut("it was not finished")
		return 0, fmt.Errorf("revise %q: %w", f.Path, err)
	}
	e.SetCut(f.Cut)
	e.SetReplaced(f.Replaced)
	if c, ok := changed.(interface{ Replaced() Counts }); ok {
		e.SetReplaced(c.Replaced())
	}
	return size, e.Close()
}

// free gives a path that no other file has; revised names may be alike.
func (s *selection) free(p string) string {
	s.w.mu.Lock()
	defer s.w.mu.Unlock()
	ext := path.Ext(p)
	stem := strings.TrimSuffix(p, ext)
	for n := 2; ; n++ {
		if _, taken := s.w.taken[strings.ToLower(p)]; !taken {
			return p
		}
		p = fmt.Sprintf("%s-%d%s", stem, n, ext)
	}
}

// sums are the collectors' outcomes with what is kept of their files.
type sums struct {
	all   []Outcome
	place map[string]int
	had   map[string]int
}

func newSums(all []Outcome, rev Revision) *sums {
	s := &sums{place: make(map[string]int, len(all)), had: make(map[string]int, len(all))}
	for i, o := range all {
		s.had[o.Name] = o.Files
		o.Files, o.Bytes = 0, 0
		o.Source, o.Error, o.Note = rev.Text(o.Source), rev.Text(o.Error), rev.Text(o.Note)
		s.all = append(s.all, o)
		s.place[o.Name] = i
	}
	return s
}

func (s *sums) add(collector string, size int64) {
	if i, ok := s.place[collector]; ok {
		s.all[i].Files++
		s.all[i].Bytes += size
	}
}

func (s *sums) outcomes() []Outcome {
	for i := range s.all {
		if o := &s.all[i]; o.Files == 0 && s.had[o.Name] > 0 {
			o.State, o.Error = Skipped, byCustomer
		}
	}
	return s.all
}
