package desk

import (
	"context"
	"errors"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store"
)

// sweeping sweeps every so often until ctx ends.
func (s *Server) sweeping(ctx context.Context) {
	tick := time.NewTicker(s.cfg.seams.sweepEvery)
	defer tick.Stop()
	for {
		if err := s.sweep(ctx); err != nil && ctx.Err() == nil {
			s.cfg.Log.Printf("sweep: %v", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// sweep ends what is over by the clock: codes, sessions that both sides left,
// uploads and tokens. It reminds of what was promised.
func (s *Server) sweep(ctx context.Context) error {
	now := s.cfg.seams.now()
	s.limits.tidy(now)
	s.staff.Tidy(now)
	s.waiting.tidy(now)
	open, err := s.store.OpenSessions(ctx, 0)
	errs := []error{err, s.people.DropExpired(ctx, now), s.cases.Remind(ctx, now)}
	ids := map[string]bool{}
	for _, n := range open {
		ids[n.ID] = true
		if by, reason := s.due(n, now); by != "" {
			_, err := s.change(ctx, n.ID, api.Actor{Kind: api.ActorDesk}, func(n *api.Session, now time.Time) (bool, error) {
				if n.Ended != nil || (reason == api.ReasonExpired && n.Consented != nil) {
					return false, nil
				}
				at := now.UTC()
				n.Ended, n.EndedBy, n.Reason = &at, by, reason
				return true, nil
			})
			errs = append(errs, err)
		}
	}
	if err == nil {
		s.rooms.Forget(ids)
	}
	_, err = s.store.DropUnused(ctx, now)
	errs = append(errs, err)
	old, err := s.store.ExpiredUploads(ctx, now)
	errs = append(errs, err)
	for _, id := range old {
		errs = append(errs, s.expire(ctx, id))
	}
	return errors.Join(errs...)
}

// due says by whom and why an open session has to end now; "" is not yet.
func (s *Server) due(n store.Session, now time.Time) (by, reason string) {
	if n.Consented == nil && !now.Before(n.Expires) {
		return api.ByDesk, api.ReasonExpired
	}
	occupied, left := s.rooms.Presence(n.ID)
	if occupied {
		return "", ""
	}
	if left.IsZero() { // nobody has come, as far as is known
		if n.Consented == nil {
			return "", ""
		}
		left = *n.Consented
	}
	if left.Before(s.started) { // before that, nobody could come again
		left = s.started
	}
	if now.Sub(left) >= roomGrace {
		return api.ByNetwork, api.ReasonLost
	}
	return "", ""
}

// expire deletes an unfinished upload, unless somebody is just going on with it.
func (s *Server) expire(ctx context.Context, id string) error {
	release, ok := s.locks.take(ctx, id, func() {})
	if !ok {
		return nil
	}
	defer release()
	u, err := s.store.Upload(ctx, id)
	if err == nil && !u.Done && !u.Expires.After(s.cfg.seams.now()) {
		err = s.store.DropUpload(ctx, id)
	}
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
