//go:build !headless

package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session"
)

// markTime is how long the desk may take for one mark.
const markTime = 5 * time.Second

// marks tells the desk what happens in a session, in order, without holding
// the session up.
type marks struct {
	queue chan api.SessionMark // at most one of each kind is said, so that 8 is never full
	done  chan struct{}
	once  map[string]bool // guarded by mu
	mu    sync.Mutex
}

func newMarks(ctx context.Context, c *client.Client, id string, log *logrus.Logger) *marks {
	m := &marks{queue: make(chan api.SessionMark, 8), done: make(chan struct{}), once: map[string]bool{}}
	ctx = context.WithoutCancel(ctx) // the end must be told after the customer's stop
	go func() {
		defer close(m.done)
		for mark := range m.queue {
			call, cancel := context.WithTimeout(ctx, markTime)
			if err := c.MarkSession(call, id, mark); err != nil && client.KindOf(err) != api.KindGone {
				log.WithError(err).WithField("mark", mark.What).Warn("tell the desk about the session")
			}
			cancel()
		}
	}()
	return m
}

func (m *marks) say(mark api.SessionMark) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.once[mark.What] {
		m.once[mark.What] = true
		m.queue <- mark
	}
}

func (m *marks) close() {
	close(m.queue)
	<-m.done
}

// sayEnding tells the desk how the session ended on the side own. What the
// other side has ended or refused is the other's to tell: the desk writes down
// who tells it first. Should the other never do so, the desk ends the session
// itself, because both have left.
func (m *marks) sayEnding(own string, end session.End, err error) {
	mark := api.SessionMark{What: api.MarkEnded, By: end.By, Reason: end.Reason}
	by := end.By
	switch {
	case errors.Is(err, session.ErrRefused):
		mark.What, by = api.MarkRefused, api.ByCustomer
	case errors.Is(err, session.ErrWrongCode):
		mark.What, by = api.MarkWrongCode, own // either may
	}
	if by == own || by != api.ByCustomer && by != api.BySupporter {
		m.say(mark)
	}
}
