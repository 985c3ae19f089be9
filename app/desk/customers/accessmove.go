package customers

import (
	"context"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// moved is a after a change, or why it cannot be.
func moved(a api.SystemAccess, change api.AccessChange, granter, by string, now time.Time) (api.SystemAccess, error) {
	switch {
	case change.State == api.AccessGranted && a.State == api.AccessRequested:
		if change.Until != nil {
			a.Until = *change.Until
		}
		if !a.Until.After(now) || a.Until.After(now.Add(api.MaxAccess)) {
			return a, reply.Invalid("an access that is granted ends later than now, and within %d days", int(api.MaxAccess.Hours()/24))
		}
		a.Granted, a.GrantedBy, a.GrantedName, a.How = &now, change.GrantedBy, granter, change.How
	case change.State == api.AccessRefused && a.State == api.AccessRequested,
		change.State == api.AccessEnded && (a.State == api.AccessRequested || a.State == api.AccessGranted):
		a.Ended, a.EndedBy, a.Reason = &now, by, change.Reason
	default:
		return a, reply.Invalid("an access that is %s cannot become %q", a.State, change.State)
	}
	a.State = change.State
	return a, nil
}

// tell writes what became of an access into the journal, and onto its ticket for the team.
func (x *Customers) tell(ctx context.Context, tx *db.Tx, who api.Actor, a api.SystemAccess, before api.AccessState, text string) error {
	detail := map[string]any{"state": a.State, "organisation": a.Organisation}
	if before == a.State {
		detail["used"] = true
	}
	if err := x.record(ctx, tx, who, a.Ticket, "access.changed", "access", a.ID, detail); err != nil || a.Ticket == 0 {
		return err
	}
	e := api.Entry{
		Ticket: a.Ticket, At: x.cfg.Now(), Kind: api.EntryAccess, By: who.Name, Text: text, Ref: strconv.FormatInt(a.ID, 10),
	}
	if who.Kind == api.ActorDesk {
		e.By = api.ActorDesk
	}
	if before != a.State {
		e.Changes = []api.Changed{{Field: "access", From: string(before), To: string(a.State)}}
	}
	e, _, err := tickets.AddEntry(ctx, tx, e, "", nil)
	if err != nil {
		return err
	}
	return x.record(ctx, tx, who, a.Ticket, "entry.added", "ticket", a.Ticket, map[string]any{"entry": e.ID, "public": false, "kind": e.Kind})
}

// sweepAtOnce bounds a transaction.
const sweepAtOnce = 100

// Sweep ends accesses whose time is up. It is safe to call at any time, by several desks.
func (x *Customers) Sweep(ctx context.Context) error {
	for {
		n := 0
		err := x.change(ctx, func(tx *db.Tx) error {
			now := x.cfg.Now()
			over, err := kept.Over(ctx, tx, now, sweepAtOnce)
			n = len(over)
			if err != nil {
				return err
			}
			for _, a := range over {
				before := a.State
				a.State, a.Ended, a.EndedBy = api.AccessEnded, &now, api.ActorDesk
				if err := kept.ChangeAccess(ctx, tx, a); err != nil {
					return err
				}
				if err := x.tell(ctx, tx, api.Actor{Kind: api.ActorDesk}, a, before, ""); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < sweepAtOnce {
			return err
		}
	}
}

// sweepEvery is how late the journal and the ticket may say that an access is
// over; nobody gets in by it any more from the moment that its time is up.
const sweepEvery = 30 * time.Second

// Run ends accesses whose time is up, until ctx ends.
func (x *Customers) Run(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := x.Sweep(ctx); err != nil && ctx.Err() == nil {
			x.cfg.Log.Printf("customers: end accesses: %v", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
