// Package doctor checks from this machine what a session needs: the desk, the ways to connect, the screen.
package doctor

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/beistand/beistand/app/problem"
)

// runTime bounds everything together; each check has its own bound below it.
const runTime = 25 * time.Second

// State says how a check went.
type State string

// The states.
const (
	OK      State = "ok"
	Warning State = "warning" // it works, or will for now, with something to do
	Failed  State = "failed"
	Skipped State = "skipped" // there is nothing to check, or something before it failed
)

// Word says the state to a person; English, the key of its translation.
func (s State) Word() string {
	return map[State]string{OK: "fine", Warning: "take care", Failed: "does not work", Skipped: "not checked"}[s]
}

// Check is one thing that was looked at. Its texts are English templates and
// the keys of their translations; Data fills them.
type Check struct {
	Name  string // dns, proxy, desk, tls, clock, stun, udp, relay, ipv6, screen, input, lock
	State State
	Says  string
	Do    string // "" when there is nothing to do
	Data  map[string]any
}

// Sentence says what was found; translate may be nil for English.
func (c Check) Sentence(translate func(string) string) string { return fill(c.Says, c.Data, translate) }

// Advice says what to do; "" is nothing.
func (c Check) Advice(translate func(string) string) string { return fill(c.Do, c.Data, translate) }

func fill(text string, data map[string]any, translate func(string) string) string {
	if translate != nil && text != "" {
		text = translate(text)
	}
	return problem.Fill(text, data)
}

// Report is everything that was checked, always the same checks in the same order.
type Report struct {
	Desk   string // as given
	At     time.Time
	Checks []Check
}

// Worst is the worst state of the checks with these names, of all without any.
func (r Report) Worst(names ...string) State {
	rising := []State{Skipped, OK, Warning, Failed}
	worst := Skipped
	for _, c := range r.Checks {
		if (len(names) == 0 || slices.Contains(names, c.Name)) && slices.Index(rising, c.State) > slices.Index(rising, worst) {
			worst = c.State
		}
	}
	return worst
}

// Options are what is checked and with what; Desk may be empty.
type Options struct {
	Desk    string           // its address; what it needs is skipped without one
	Version string           // the program's, for the desk's log
	Now     func() time.Time // nil is time.Now
}

// Run checks everything, in bounded time whatever hangs. A check that does not
// come to an end by then has failed.
func Run(ctx context.Context, o Options) Report {
	ctx, cancel := context.WithTimeout(ctx, runTime)
	defer cancel()
	if o.Now == nil {
		o.Now = time.Now
	}
	r := Report{Desk: o.Desk, At: o.Now()}
	var all sync.WaitGroup
	var far, near []Check
	all.Go(func() { far = checkDesk(ctx, o) })
	all.Go(func() { near = checkHere(ctx) })
	all.Wait()
	r.Checks = append(far, near...)
	return r
}

// Texts lists every sentence, so that a test can ask for the translations.
func Texts() []string {
	return []string{
		nameNumber, nameKnown, nameUnknown, nameDo, deskNone, deskNoneDo, deskAnswers, deskAway, deskAwayDo, deskStrange, deskStrangeDo, deskUntold,
		proxyNone, proxyGoes, proxyStops, proxyWants, proxyDo, proxyUntold,
		tlsNone, tlsGood, tlsSoon, tlsSoonDo, tlsBad, tlsBadDo, tlsUntold, clockGood, clockOff, clockDo, clockUntold,
		stunDirect, stunBehind, stunMoving, stunMovingDo, stunUntold, udpThrough, udpBlocked, udpDo, udpUntold,
		relayReady, relayAway, relayDo, relayNone, relayNoneDo, relayUntold,
		sixNone, sixFour, sixWorks, sixDesk, sixUDP, sixUDPDo, sixAway, sixAwayDo, sixUntold,
		screenShown, screenHidden, screenDo, inputWorks, inputNot, inputDo, inputUntold, lockKnown, lockUnknown, hangs,
		OK.Word(), Warning.Word(), Failed.Word(), Skipped.Word(),
	}
}
