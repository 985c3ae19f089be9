//go:build !headless

package supporter

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/api"
)

// last is what the desk was asked for last.
func (d *fakeDesk) last() api.NewSession {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.asked) == 0 {
		return api.NewSession{}
	}
	return d.asked[len(d.asked)-1]
}

func TestChoosingWhatIsAskedFor(t *testing.T) {
	d := &fakeDesk{all: cases()}
	p, flow := start(t, d)
	signIn(p)
	flow.ticket(10042)
	p.Tap("Ask to see the screen")
	p.See("What do you ask Piet de Vries for?")
	p.See("asked for 1 right.")
	if see := p.Check("See the screen"); !see.Checked || !see.Disabled() {
		t.Error("the screen can be left out, and nothing is of use without it")
	}
	if p.Sees("You come as") {
		t.Error("a role can be chosen where nobody is")
	}
	p.Press(fyne.KeyReturn) // the shortest way: one key
	p.Entry("482-")
	if n := d.last(); !slices.Equal(n.Rights, []string{"see"}) || n.Role != api.RoleSupporter {
		t.Errorf("asked for %+v", n)
	}
	p.Tap("Cancel")
	p.Tap("Ask to see the screen")
	p.Check("Use mouse").SetChecked(true)
	p.Check("Newest logs").SetChecked(true)
	p.Check("Point").SetChecked(true)
	p.Check("Point").SetChecked(false)
	p.See("asked for 3 rights")
	p.Tap("Ask the customer")
	p.See("You ask for: Screen, Control, Logs")
	if n := d.last(); !slices.Equal(n.Rights, []string{"see", "control", "logs"}) {
		t.Errorf("asked for %v", n.Rights)
	}
	p.Tap("Cancel")
	p.Tap("Ask to see the screen")
	if !p.Check("Use mouse").Checked {
		t.Error("what was chosen before is forgotten")
	}
}

func TestJoining(t *testing.T) {
	d := &fakeDesk{all: cases()}
	at := time.Date(2026, 5, 4, 9, 2, 0, 0, time.Local)
	d.all[1].Sessions = []api.Session{
		{ID: "a", Supporter: "Anna Berg", Role: api.RoleSupporter, Rights: []string{"see", "control"}, Asked: at, Consented: &at, Started: &at},
		{ID: "b", Supporter: "Otto Kern", Role: api.RoleObserver, Rights: []string{"see"}, Asked: at},
		{ID: "c", Supporter: "Long Gone", Role: api.RoleExpert, Asked: at, Ended: &at},
	}
	p, flow := start(t, d)
	signIn(p)
	flow.ticket(10042)
	p.See("Anna Berg (Supporter)  ·  looking since 09:02  ·  Screen, Control")
	p.See("Otto Kern (Observer)  ·  asked at 09:02  ·  Screen")
	if p.Sees("Long Gone (") {
		t.Error("who has gone is among those who are there")
	}
	p.Tap("Join as observer")
	p.See("There already: Anna Berg, Otto Kern.")
	p.See("An observer looks on")
	if p.Check("Use mouse").Checked || !p.Check("Use mouse").Disabled() {
		t.Error("an observer can ask for more than to see")
	}
	p.Tap("Ask the customer")
	p.Entry("482-")
	if n := d.last(); !slices.Equal(n.Rights, []string{"see"}) || n.Role != api.RoleObserver {
		t.Errorf("asked for %+v", n)
	}
	p.Tap("Cancel")
	p.Tap("Join as expert")
	p.Check("Use mouse").SetChecked(true)
	p.Tap("Ask the customer")
	p.Entry("482-")
	if n := d.last(); !slices.Equal(n.Rights, []string{"see", "control"}) || n.Role != api.RoleExpert {
		t.Errorf("asked for %+v", n)
	}
}
