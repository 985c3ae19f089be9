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
	p.Tap("Ask for a session")
	p.See("What do you ask Piet de Vries for?")
	p.See("asked for 1 right.")
	if !p.Check("See the screen").Checked {
		t.Error("the screen is not what is asked for first")
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
	p.Tap("Ask for a session")
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
	p.Tap("Ask for a session")
	if !p.Check("Use mouse").Checked {
		t.Error("what was chosen before is forgotten")
	}
}

// TestAskingWithoutTheScreen holds that what is of use without a picture can be
// asked for alone, that what is of none takes the picture with it, and that
// nothing cannot be asked for.
func TestAskingWithoutTheScreen(t *testing.T) {
	d := &fakeDesk{all: cases()}
	p, flow := start(t, d)
	signIn(p)
	flow.ticket(10042)
	p.Tap("Ask for a session")
	p.Check("Use mouse").SetChecked(true)
	p.Check("See the screen").SetChecked(false)
	if p.Check("Use mouse").Checked || p.Enabled("Ask the customer") {
		t.Error("control without the screen, or nothing at all, can be asked for")
	}
	p.See("Tick what you ask for.")
	p.Press(fyne.KeyReturn)
	if d.last().Role != "" {
		t.Errorf("asked for %+v", d.last())
	}
	p.Check("Point").SetChecked(true)
	if !p.Check("See the screen").Checked {
		t.Error("pointing is asked for without the screen to point on")
	}
	p.Check("See the screen").SetChecked(false)
	p.Check("Newest logs").SetChecked(true)
	p.See("asked for 1 right.")
	p.Tap("Ask the customer")
	p.See("You ask for: Logs")
	if n := d.last(); !slices.Equal(n.Rights, []string{"logs"}) {
		t.Errorf("asked for %v", n.Rights)
	}
	p.Tap("Cancel")
	p.Tap("Ask for a session")
	if p.Check("See the screen").Checked || !p.Check("Newest logs").Checked {
		t.Error("what was chosen before is forgotten")
	}
	p.Tap("Cancel")
	flow.choose(d.all[1], api.RoleObserver) // who sees and does nothing else
	if !p.Check("See the screen").Checked || p.Check("Newest logs").Checked || !p.Enabled("Ask the customer") {
		t.Error("an observer asks for something else than to see")
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
