package client

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

const (
	firstWait    = 500 * time.Millisecond
	firstListen  = 4 * time.Second
	longestWait  = 15 * time.Second
	maxTries     = 10               // in a row without a byte of progress
	stallTimeout = 60 * time.Second // nothing moved: the connection counts as broken
	quietTimeout = 45 * time.Second // the desk sends a heartbeat every 15 s
)

// delay is how long to wait before the try-th repetition, from 1: doubling, and
// spread by rnd (0 to 1) so that a desk that comes back is not met by everybody at once.
func delay(try int, rnd float64) time.Duration {
	d := longestWait
	if try < 6 {
		d = min(firstWait<<(try-1), longestWait)
	}
	return d/2 + time.Duration(rnd*float64(d/2))
}

// listenDelay is how long a listener waits before its try-th connection, from 1:
// anywhere between at once and a bound that doubles. All who have listened lose
// the desk at the same moment, and nobody waits for them: the wider they are
// spread the better, but all are to be back within half a minute of it.
func listenDelay(try int, rnd float64) time.Duration {
	d := longestWait
	if try < 4 {
		d = min(firstListen<<(try-1), longestWait)
	}
	return time.Duration(rnd * float64(d))
}

// pause waits as long as delay says, or as the desk asked for.
func (c *Client) pause(ctx context.Context, try int, err error) error {
	return c.waitAtLeast(ctx, delay(try, rand.Float64()), err)
}

func (c *Client) waitAtLeast(ctx context.Context, d time.Duration, err error) error {
	var e *Error
	if errors.As(err, &e) && e.After > d {
		d = e.After
	}
	return c.sleep(ctx, d)
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

var errStalled = errors.New("nothing came through for too long")

// withStall gives a context that ends with errStalled when touch is not called
// for d. Unlike a timeout it lets a slow transfer go on for as long as it moves.
func withStall(ctx context.Context, d time.Duration) (_ context.Context, touch, stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	t := time.AfterFunc(d, func() { cancel(errStalled) })
	return ctx, func() { t.Reset(d) }, func() { t.Stop(); cancel(context.Canceled) }
}
