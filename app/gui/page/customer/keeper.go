//go:build !headless

package customer

import (
	"context"
	"time"

	"github.com/beistand/beistand/app/gui/page"
)

// rest is how long the customer pauses before a draft is kept.
const rest = 400 * time.Millisecond

// keeper writes drafts away from the user interface's thread, the newest only.
type keeper struct {
	drafts page.Drafts
	newest chan page.Draft // holds one: a newer draft takes an older one's place
	log    func(error)
}

func newKeeper(d page.Drafts, log func(error)) *keeper {
	return &keeper{drafts: d, newest: make(chan page.Draft, 1), log: log}
}

// keep is called on the user interface's thread only, so that nobody else puts
// a draft in between.
func (k *keeper) keep(d page.Draft) {
	select {
	case <-k.newest:
	default:
	}
	k.newest <- d
}

// run keeps drafts until ctx ends, and then the last one.
func (k *keeper) run(ctx context.Context) {
	var pending page.Draft
	timer := time.NewTimer(rest)
	timer.Stop()
	waiting := false
	for {
		select {
		case pending = <-k.newest:
			waiting = true
			timer.Reset(rest)
			if pending.Ticket.ID == "" {
				timer.Reset(0) // it was sent: a second window must not offer it
			}
		case <-timer.C:
			waiting = false
			k.log(k.drafts.Save(pending))
		case <-ctx.Done():
			select {
			case pending = <-k.newest:
				waiting = true
			default:
			}
			if waiting {
				k.log(k.drafts.Save(pending))
			}
			return
		}
	}
}
