//go:build !headless

package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag"
)

// TestSoFar looks into a run after each of its collectors: what is there can
// be studied, and what is not there yet is no finding.
func TestSoFar(t *testing.T) {
	folder := t.TempDir()
	c := collecting{folder: folder, cleaning: &caseCleaning{folder: folder}, options: diag.Options{Profile: diag.BuiltinProfile()}}
	looked, most, gaps := 0, 0, []string(nil)
	whole, err := c.Collect(t.Context(), false, nil, func(p diag.Progress) {
		if p.State == diag.Waiting || p.State == diag.Running || p.Done == p.Total {
			return
		}
		e, err := c.SoFar()
		if err != nil {
			t.Error(err)
			return
		}
		defer e.Close()
		looked++
		most = max(most, len(e.Manifest().Files))
		if e.Manifest().Unfinished == "" {
			t.Error("a run under way is told as finished")
		}
		gaps = append(gaps, gapsIn(t, e)...)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	final := gapsIn(t, whole)
	for _, gap := range gaps {
		if !slices.Contains(final, gap) {
			t.Errorf("found while it was collected, and not in the end: %s", gap)
		}
	}
	if looked == 0 || most == 0 {
		t.Errorf("looked %d times, saw at most %d files", looked, most)
	}
}

// gapsIn are the findings about evidence that is not there.
func gapsIn(t *testing.T, e page.Evidence) (gaps []string) {
	t.Helper()
	all, err := findings{}.Study(t.Context(), e)
	if err != nil {
		t.Error(err)
	}
	for _, f := range all.Findings {
		if strings.HasPrefix(f.ID, "evidence-") {
			gaps = append(gaps, fmt.Sprint(f.ID, f.Data))
		}
	}
	return gaps
}
