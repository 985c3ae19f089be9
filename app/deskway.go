package app

import (
	"context"

	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/doctor"
	"github.com/beistand/beistand/diag/collect"
)

// deskWay lets a run take along what the doctor says.
type deskWay struct{ address, version string }

// deskWayTo is for a run with that desk; nil without one, or with one that
// nothing would speak with.
func deskWayTo(address, version string) collect.DeskWay {
	if address == "" {
		return nil
	}
	c, err := client.New(address, client.Options{})
	if err != nil {
		return nil
	}
	return deskWay{c.Desk(), version}
}

// Examine is part of collect.DeskWay.
func (d deskWay) Examine(ctx context.Context) (collect.DeskWayFacts, error) {
	report := doctor.Run(ctx, doctor.Options{Desk: d.address, Version: d.version})
	found := collect.DeskWayFacts{Desk: d.address}
	for _, c := range report.Checks {
		found.Checks = append(found.Checks, collect.DeskWayCheckFact{
			Name: c.Name, State: string(c.State), Result: plain(c.Sentence(nil)), Advice: plain(c.Advice(nil)),
		})
	}
	return found, ctx.Err()
}
