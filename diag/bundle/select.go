package bundle

import "fmt"

// byCustomer is why a file is left out that was unticked.
const byCustomer = "left out by the customer"

// Select copies src to dst without the files that keep refuses; dst names
// them as left out. What is kept is copied as it is packed, unread: it is
// what src has, right or damaged. On an error nothing is at dst.
func Select(dst string, src *Reader, keep func(File) bool) error {
	m := src.Manifest()
	if src.encrypted {
		return refuse(ErrEncrypted, "", "nothing can be left out of it any more")
	}
	w, err := createPart(dst, m, nil)
	if err != nil {
		return err
	}
	defer w.Discard()
	w.whole = true
	for _, l := range m.LeftOut {
		w.LeaveOut(l)
	}
	outcomes := make([]Outcome, len(m.Collectors))
	place := make(map[string]*Outcome, len(m.Collectors))
	had := make(map[string]int, len(m.Collectors))
	for i, o := range m.Collectors {
		had[o.Name] = o.Files
		o.Files, o.Bytes = 0, 0
		outcomes[i] = o
		place[o.Name] = &outcomes[i]
	}
	for _, f := range m.Files {
		if !keep(f) {
			w.LeaveOut(LeftOut{Path: f.Path, Title: f.Title, Why: byCustomer})
			continue
		}
		if err := w.addPacked(f, src); err != nil {
			return fmt.Errorf("write bundle %q: %w", dst, err)
		}
		if o := place[f.Collector]; o != nil {
			o.Files++
			o.Bytes += f.Size
		}
	}
	for i := range outcomes {
		if o := &outcomes[i]; o.Files == 0 && had[o.Name] > 0 {
			o.State, o.Error = Skipped, byCustomer
		}
	}
	w.SetOutcomes(outcomes)
	return w.Close()
}

// addPacked copies a file from another bundle without unpacking it.
func (w *Writer) addPacked(f File, src *Reader) error {
	e := *src.entry(&f)
	w.mu.Lock()
	why := w.taken.take(f.Path)
	w.mu.Unlock()
	if why != "" {
		return fmt.Errorf("add %q to the bundle: it %s", f.Path, why)
	}
	return w.add(f, e, section{src.section(&e)}, nil)
}
