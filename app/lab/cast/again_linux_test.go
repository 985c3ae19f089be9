package cast

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/beistand/beistand/app/lab"
	"github.com/beistand/beistand/session"
)

// staying is one way in which a connection breaks, and how it is measured.
type staying struct {
	name   string
	target time.Duration // p95; a benchmark prints both
	meet   Meeting
	round  func(s *scene) time.Duration // from the break, or its end, to the first picture read after it
}

type scene struct {
	*House
	customer, supporter *lab.Home
	session             *Session
}

// pause lets the session become steady: pictures flow for a while.
func (s *scene) pause() { s.session.After(time.Now().Add(time.Second)) }

func stayings() []staying {
	change := func(who func(*scene) *lab.Home) func(*scene) time.Duration {
		return func(s *scene) time.Duration {
			who(s).ChangeAddress()
			return s.session.After(time.Now())
		}
	}
	customer := func(s *scene) *lab.Home { return s.customer }
	supporter := func(s *scene) *lab.Home { return s.supporter }
	return []staying{
		{"the customer's address changes", 1500 * time.Millisecond, Meeting{}, change(customer)},
		{"the supporter's address changes", 1500 * time.Millisecond, Meeting{}, change(supporter)},
		{"an address changes, relayed", 1500 * time.Millisecond, Meeting{RelayOnly: true}, change(customer)},
		{"an address changes, unwatched", 3500 * time.Millisecond, Meeting{Unwatched: true}, change(customer)},
		{"the relay and its desk restart", 3 * time.Second, Meeting{RelayOnly: true}, func(s *scene) time.Duration {
			at := time.Now()
			s.Desk.Kill()
			s.StartDesk()
			return s.session.After(at)
		}},
		{"60 s outage", 2 * time.Second, Meeting{}, func(s *scene) time.Duration { return s.outage(time.Minute) }},
	}
}

// outage takes the customer's packets away for a while.
func (s *scene) outage(d time.Duration) time.Duration {
	end := s.customer.Outage()
	timer := time.NewTimer(d)
	defer timer.Stop()
	<-timer.C
	at := time.Now()
	end()
	return s.session.After(at)
}

// meet begins a session between two homes.
func (h *House) meet(m Meeting) *scene {
	s := &scene{House: h}
	s.customer = h.Home("customer", lab.HomeConfig{NAT: lab.PortRestricted})
	s.supporter = h.Home("supporter", lab.HomeConfig{NAT: lab.PortRestricted})
	m.Customer, m.Supporter = s.customer.Machine, s.supporter.Machine
	s.session = h.Meet(m)
	s.session.First()
	return s
}

// complete says whether every picture that was sent has been shown. The screen
// is another one with each reading, so that a number that is left out is a
// picture that was lost.
func complete(t testing.TB, pictures []Picture) {
	t.Helper()
	for i := 1; i < len(pictures); i++ {
		if pictures[i].Number != pictures[i-1].Number+1 {
			t.Errorf("after picture %d comes %d", pictures[i-1].Number, pictures[i].Number)
		}
	}
}

// The session goes on by itself, without a new code, and no picture is lost.
func TestStaying(t *testing.T) {
	t.Parallel()
	for _, s := range stayings() {
		rounds := 2
		if s.name == "60 s outage" {
			rounds, s.name, s.round = 1, "12 s outage", func(s *scene) time.Duration { return s.outage(12 * time.Second) }
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			h := Open(t, false, nil)
			scene := h.meet(s.meet)
			scene.pause()
			for range rounds {
				t.Logf("picture back after %v", s.round(scene))
				scene.pause()
			}
			complete(t, scene.session.Pictures())
		})
	}
}

// While the desk is away, a direct path loses nothing and does not stop.
func TestDeskKilled(t *testing.T) {
	t.Parallel()
	h := Open(t, false, nil)
	s := h.meet(Meeting{})
	if path := s.session.Path(); path != session.PathDirect {
		t.Fatalf("the path is %s", path)
	}
	s.pause()
	h.Desk.Kill()
	s.session.After(time.Now().Add(3 * time.Second))
	h.StartDesk()
	s.session.After(time.Now().Add(3 * time.Second))
	pictures := s.session.Pictures()
	complete(t, pictures)
	for _, p := range []*lab.Program{s.session.Host, s.session.Viewer} {
		for _, l := range p.Lines() {
			if l.Event == SaidBroken {
				t.Errorf("a person was told: %s", l.Text)
			}
		}
	}
	// Both have come back to the desk by themselves: the next address is agreed on through it.
	s.customer.ChangeAddress()
	t.Logf("picture back after %v", s.session.After(time.Now()))
	complete(t, s.session.Pictures())
}

// BenchmarkStaying prints, for each break, the 95th percentile beside its target.
func BenchmarkStaying(b *testing.B) {
	for _, s := range stayings() {
		b.Run(fmt.Sprintf("%s, at most %v", s.name, s.target), func(b *testing.B) {
			scene := Open(b, false, nil).meet(s.meet)
			var took []time.Duration
			for b.Loop() {
				scene.pause()
				took = append(took, s.round(scene))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[(len(took)*95+99)/100-1].Milliseconds()), "p95-ms")
			b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "median-ms")
			b.ReportMetric(float64(s.target.Milliseconds()), "target-ms")
		})
	}
}
