//go:build !headless

package evidence

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
)

// TestWithinTheAskedTime tells a log that lacks nothing but what nobody asked
// for from one that is cut short.
func TestWithinTheAskedTime(t *testing.T) {
	test.NewTempApp(t)
	all := Items(bundle.Manifest{Files: []bundle.File{
		{Path: "logs/1.log", Title: "Log file", Outside: "what was written before 2026-11-20 07:30:00, 1.0 GB"},
		{Path: "logs/2.log", Title: "Log file", Outside: "what was written before 2026-11-20 07:30:00, 1.0 GB", Cut: "the first 2.0 MB are left out"},
	}})
	if all[0].State != "Within the asked time" || all[0].Tone != widget.Good || all[0].Why != "" {
		t.Errorf("%+v", all[0])
	}
	if all[1].State != "Shortened" || all[1].Tone != widget.Warning || all[1].Why == "" {
		t.Errorf("%+v", all[1])
	}
}
