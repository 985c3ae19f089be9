package desk

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/figures"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

func (s *Server) health(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	return reply.JSON(w, http.StatusOK, api.Health{
		Name: "beistand", Version: s.cfg.Version, API: api.Version, ICE: s.iceURLs(r.Host), DeskKey: s.publicKey(),
	})
}

const readyTimeout = 3 * time.Second

// ready says whether this desk should be sent people: its database answers, its
// disk takes something, and it does not stop.
func (s *Server) ready(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	out := api.Ready{Database: word(s.store.Reach(ctx)), Disk: word(s.store.Room())}
	select {
	case <-s.stopping:
		out.Stopping = true
	default:
	}
	out.Ready = out.Database == "" && !out.Stopping // with a full disk reading goes on, here as on another desk
	status := http.StatusOK
	if !out.Ready {
		status = http.StatusServiceUnavailable
	}
	return reply.JSON(w, status, out)
}

// word is what is told of a failure to anybody: not what only the log is for.
func word(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, store.ErrNoSpace):
		return "full"
	}
	return "does not answer"
}

// newFigures is what is counted, with what is looked at when somebody asks.
func (s *Server) newFigures() *figures.Figures {
	return figures.New(s.cfg.Version,
		figures.Gauge{Name: "beistand_listeners", Says: "Open event streams.", Value: func() float64 { return float64(s.listeners.count() + s.changes.Streams()) }},
		figures.Gauge{Name: "beistand_journal_entries", Says: "The number of the newest entry of the journal that this desk knows.", Value: func() float64 { return float64(s.journal.Last()) }},
		figures.Gauge{Name: "beistand_ready", Says: "1 when the database answers and the disk takes something.", Value: func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), readyTimeout)
			defer cancel()
			if s.store.Reach(ctx) != nil || s.store.Room() != nil {
				return 0
			}
			return 1
		}},
	)
}

// metrics answers with the figures.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	s.figures.Handler().ServeHTTP(w, r)
	return nil
}
