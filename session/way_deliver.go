package session

import (
	"context"
	"time"

	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/seal"
)

// deliver gives a connection all that is kept and all that comes, until ctx or
// the connection ends.
func (o *outbox) deliver(ctx context.Context, conn *peer.Conn, sealer *seal.Sealer) error {
	for {
		o.mu.Lock()
		waiting, stands, news := o.sent < len(o.kept), o.standsBackLocked(conn.Waiting()), o.news
		o.mu.Unlock()
		if !waiting || stands {
			var later <-chan time.Time // nil: there is nothing to come back for
			if stands {
				later = time.After(standTime)
			}
			select {
			case <-news:
			case <-later:
			case <-conn.Done():
				return conn.Err()
			case <-ctx.Done():
				return ctx.Err()
			}
			continue
		}
		if err := conn.Ready(ctx); err != nil { // what is sealed must be sent: both sides count
			return err
		}
		if err := o.give(ctx, conn, sealer); err != nil {
			return err
		}
	}
}

// give seals the next message and sends it. What needs a right is sealed only
// while that is allowed, and what began before it is taken back is sent before that.
func (o *outbox) give(ctx context.Context, conn *peer.Conn, sealer *seal.Sealer) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.gate.mu.Lock()
	defer o.gate.mu.Unlock()
	if ctx.Err() != nil || o.sent >= len(o.kept) {
		return ctx.Err()
	}
	if p := &o.kept[o.sent]; !p.allowed(o.gate) {
		o.gate.torn = o.gate.torn || isPicture(p.message) && o.gate.hold != 0
		o.withdrawLocked(o.sent)
	}
	p := o.kept[o.sent]
	b, err := sealer.Seal(nil, p.b)
	if err != nil {
		return err
	}
	if o.sealed != nil {
		o.sealed(p.message)
	}
	if p.given != nil {
		p.given()
	}
	o.sent++
	o.top = max(o.top, o.first+uint64(o.sent))
	o.changedLocked()
	return conn.Send(context.WithoutCancel(ctx), b)
}

// empty waits until the connection has been given everything.
func (o *outbox) empty(ctx context.Context) error {
	for {
		o.mu.Lock()
		done, news := o.sent == len(o.kept), o.news
		o.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
