package app

import (
	"slices"

	"github.com/beistand/beistand/diag/bundle"
)

// holds are the collectors whose files are kept of a bundle, which the desk is
// told with it: it cannot look into one that is encrypted.
func holds(m bundle.Manifest, keep func(bundle.File) bool) []string {
	var names []string
	for _, f := range m.Files {
		if keep(f) && !slices.Contains(names, f.Collector) {
			names = append(names, f.Collector)
		}
	}
	return names
}

// heldBy is holds of a bundle's file. One that cannot be read says nothing.
func heldBy(path string) []string {
	r, err := bundle.Open(path)
	if err != nil {
		return nil
	}
	defer r.Close()
	return holds(r.Manifest(), func(bundle.File) bool { return true })
}
