package collect

import (
	"context"
	"errors"
	"strings"
	"testing"
)

type deskHost struct {
	found DeskWayFacts
	err   error
}

func (w deskHost) Examine(context.Context) (DeskWayFacts, error) { return w.found, w.err }

func TestDeskWay(t *testing.T) {
	for _, c := range Standard(Options{}) {
		if c.Name() == "desk-way" {
			t.Error("the way to a desk is looked at without a desk")
		}
	}
	host := deskHost{found: DeskWayFacts{Desk: "https://desk.example.com", Checks: []DeskWayCheckFact{
		{Name: "udp", State: "failed", Result: "UDP does not get through.", Advice: "Ask."},
	}}}
	var one Collector
	for _, c := range Standard(Options{DeskWay: host}) {
		if c.Name() == "desk-way" {
			one = c
		}
	}
	if one == nil {
		t.Fatal("the way to the desk is not looked at")
	}
	s := &memSink{}
	if err := one.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	text := s.only(t).String()
	for _, want := range []string{`"desk": "https://desk.example.com"`, `"state": "failed"`, `"advice": "Ask."`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nhas no %s", text, want)
		}
	}
	broken := errors.New("no way")
	if err := (deskWay{deskHost{err: broken}}).Collect(t.Context(), &memSink{}); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}
