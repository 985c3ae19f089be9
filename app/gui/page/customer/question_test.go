//go:build !headless

package customer

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/diag"
)

func aProfile() *page.Question {
	return &page.Question{
		File: "/home/jana/erp.yaml", Name: "Halden \u202eSystems", Desk: "https://desk.example.org",
		Wishes: diag.Wishes{
			Programs: [][]string{{"/opt/halden/ctl", "status", "--all files"}}, Files: []string{"/etc/halden/*.conf"},
			Registry: []string{`HKLM\SOFTWARE\Halden`}, Variables: []string{"HALDEN_HOME"},
			Addresses: []string{"db.example.com", "https://erp.example.com/health"}, Logs: []string{"/var/log/halden.log"},
		},
	}
}

func TestAProfileIsAskedAbout(t *testing.T) {
	f := &fakes{question: aProfile()}
	p, _ := start(t, f)
	for _, words := range []string{
		"/home/jana/erp.yaml says that it is from Halden \ufffdSystems. It is not signed", `/opt/halden/ctl status "--all files"`, "/etc/halden/*.conf",
		`HKLM\SOFTWARE\Halden`, "HALDEN_HOME", "db.example.com", "https://erp.example.com/health", "/var/log/halden.log", "https://desk.example.org",
	} {
		p.See(words)
	}
	if got := f.answers(); len(got) > 0 {
		t.Fatalf("collected before the answer: %v", got)
	}
	p.Tap("Use everything it asks for")
	file(p)
	p.Tap("Report another problem")
	p.See("What can we help you with?")
	p.Until("the second run", func() bool { return len(f.answers()) == 2 })
	if got := f.answers(); !slices.Equal(got, []bool{true, true}) {
		t.Errorf("answered %v, want one yes for both runs", got)
	}
}

func TestSilenceIsWordsAlone(t *testing.T) {
	for name, do := range map[string]func(*pagetest.Person){
		"by its button":        func(p *pagetest.Person) { p.Tap("Use only its words and logs") },
		"by Enter":             func(p *pagetest.Person) { p.Press(fyne.KeyReturn) },
		"by Escape":            func(p *pagetest.Person) { p.Press(fyne.KeyEscape) },
		"by the space bar":     func(p *pagetest.Person) { p.Press(fyne.KeySpace) },
		"by Enter elsewhere":   func(p *pagetest.Person) { p.Window.Canvas().Unfocus(); p.Press(fyne.KeyEnter) },
		"by Escape, elsewhere": func(p *pagetest.Person) { p.Window.Canvas().Unfocus(); p.Press(fyne.KeyEscape) },
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakes{question: aProfile()}
			p, _ := start(t, f)
			p.See("Use everything it asks for")
			do(p)
			p.See("What can we help you with?")
			p.Until("collecting", func() bool { return len(f.answers()) == 1 })
			if f.answers()[0] {
				t.Error("everything was used")
			}
		})
	}
}

// TestALeftQuestionIsNo: a window that is closed unanswered collects nothing.
func TestALeftQuestionIsNo(t *testing.T) {
	f := &fakes{question: aProfile()}
	p, flow := start(t, f)
	p.See("Use only its words and logs")
	flow.frame.End()
	flow.frame.Wait()
	p.Drain()
	if got := f.answers(); len(got) > 0 {
		t.Errorf("collected: %v", got)
	}
}

func TestAStrangersProfile(t *testing.T) {
	q := aProfile()
	q.Signer, q.Wishes = "c2lnbmVy", diag.Wishes{Logs: []string{"/var/log/halden.log"}}
	p, _ := start(t, &fakes{question: q})
	p.See("signed with a key that you have not named: c2lnbmVy.")
	p.See("It would start no program, contact nobody, and take nothing but logs.")
	if p.Sees("Use everything it asks for") {
		t.Error("two answers that are the same")
	}
}
