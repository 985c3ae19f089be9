//go:build !headless

package customer

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session/rights"
)

// TestEachThingIsAskedAbout holds what is shown of each, and that the default is no.
func TestEachThingIsAskedAbout(t *testing.T) {
	hs := help(t, &fakes{}) // one window for all: each question goes without a trace
	text := []byte("=== logs/a.log ===\njob 1 password=<password>\n")
	for name, test := range map[string]struct {
		thing page.Handing
		see   []string
		yes   string
	}{
		"a file comes": {
			page.Handing{Right: rights.FilesIn, Name: "patch.zip", Size: 4096},
			[]string{"Miriam Vogel sends you a file", "patch.zip", "4.0\u00a0kB", "It is not opened."},
			"Save the file",
		},
		"a file goes": {
			page.Handing{Right: rights.FilesOut, Name: "bill.pdf", Size: 4096},
			[]string{"Shall this file go to Miriam Vogel?", "bill.pdf", "They get a copy."},
			"Send",
		},
		"a text goes": {
			page.Handing{Right: rights.Logs, Name: "logs.txt", Size: int64(len(text)), Text: text},
			[]string{"Shall this text go to Miriam Vogel?", "This is all that leaves", "job 1 password="},
			"Send",
		},
	} {
		h := hs.comes(name, "Miriam Vogel", "", rights.See)
		hs.allows()
		for _, c := range []struct {
			how  string
			want bool
		}{{"yes", true}, {"no", false}, {"Enter", false}, {"Escape", false}, {"the end", false}} {
			t.Run(name+", "+c.how, func(t *testing.T) {
				hs.p.T = t
				hs.p.See("Miriam Vogel sees your screen")
				answer := make(chan bool, 1)
				go func() { answer <- h.a.Hand(h.ctx, test.thing) }()
				for _, words := range test.see {
					hs.p.See(words)
				}
				hs.p.See("Without an answer it is refused in ")
				switch c.how {
				case "yes":
					hs.p.Tap(test.yes)
				case "no":
					hs.p.Tap("No")
				case "Enter":
					hs.p.Press(fyne.KeyReturn)
				case "Escape":
					hs.p.Press(fyne.KeyEscape)
				default:
					hs.p.Tap("Stop everything")
				}
				if got := <-answer; got != c.want {
					t.Errorf("the answer is %v", got)
				}
				if c.how == "the end" {
					hs.p.See("You ended it.")
				} else {
					hs.p.See("Pause")
				}
			})
			hs.p.T = t
		}
	}
}

// TestAFileIsSentAfterASecondYes holds that choosing it is not enough.
func TestAFileIsSentAfterASecondYes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bill.pdf")
	if err := os.WriteFile(path, make([]byte, 2048), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, yes := range []bool{true, false} {
		hs := help(t, &fakes{})
		h := hs.comes("s1", "Miriam Vogel", "", rights.FilesOut)
		hs.allows(rights.FilesOut)
		hs.p.See("Miriam Vogel helps you and does not see your screen")
		done := make(chan error, 1)
		go func() { done <- hs.flow.sessions[0].offer(h.ctx, path) }()
		hs.p.See("bill.pdf")
		if got := h.got(); len(got) > 0 {
			t.Errorf("before the second yes: %v", got)
		}
		hs.p.Tap(map[bool]string{true: "Send", false: "No"}[yes])
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(h.got(), "send "+path); got != yes {
			t.Errorf("sent: %v", got)
		}
	}
}
