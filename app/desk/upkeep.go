package desk

import (
	"context"
	"sync"
	"time"

	"github.com/beistand/beistand/app/desk/retention"
	"github.com/beistand/beistand/app/desk/scan"
)

// forgetEvery is how often the rules of what is kept are gone through.
const forgetEvery = time.Hour

// upkeep begins what looks after attachments, until ctx ends.
func (s *Server) upkeep(ctx context.Context, all *sync.WaitGroup) {
	if len(s.cfg.Scan) > 0 {
		all.Go(func() {
			scan.Run(ctx, scan.Config{Store: s.store, Command: s.cfg.Scan, Limit: s.cfg.ScanLimit, Log: s.cfg.Log})
		})
	}
	if len(s.cfg.Retention) > 0 {
		all.Go(func() { s.forgetting(ctx) })
	}
}

// forgetting deletes by the desk's rules, at once and then every so often.
func (s *Server) forgetting(ctx context.Context) {
	tick := time.NewTicker(forgetEvery)
	defer tick.Stop()
	for {
		n := 0
		err := retention.Run(ctx, retention.Config{Store: s.store, Rules: s.cfg.Retention, Now: s.cfg.seams.now}, func(retention.Deleted) { n++ })
		if n > 0 {
			s.cfg.Log.Printf("retention: %d deletions by rule", n)
			s.journal.Kick()
		}
		if err != nil && ctx.Err() == nil {
			s.cfg.Log.Printf("%v", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
