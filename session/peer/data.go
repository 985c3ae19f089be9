package peer

import (
	"context"
	"errors"
	"fmt"
)

// Ready waits until the channel is open and takes a message at once.
func (c *Conn) Ready(ctx context.Context) error {
	if err := c.wait(ctx, c.open); err != nil {
		return err
	}
	for c.data.BufferedAmount() > highWater {
		if err := c.wait(ctx, c.low); err != nil {
			return err
		}
	}
	return c.wait(ctx, c.open) // a stop that came while the way was full
}

// Send gives one message of 1 to MaxMessage bytes to the channel, when that is Ready.
func (c *Conn) Send(ctx context.Context, message []byte) error {
	if len(message) == 0 || len(message) > MaxMessage {
		return fmt.Errorf("send %d bytes: %w", len(message), ErrTooLarge)
	}
	if err := c.Ready(ctx); err != nil {
		return err
	}
	if err := c.data.Send(message); err != nil {
		return fmt.Errorf("send: %w", errors.Join(ErrLost, err))
	}
	return nil
}

// Waiting is how many bytes were sent and are not acknowledged.
func (c *Conn) Waiting() int { return int(c.data.BufferedAmount()) }

// wait waits for ready, but neither past ctx nor past the connection's end.
func (c *Conn) wait(ctx context.Context, ready <-chan struct{}) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-c.done:
		return c.err
	default:
	}
	select {
	case <-ready:
		return nil
	case <-c.done:
		return c.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Receive waits for the next message. What came before the end is still given.
func (c *Conn) Receive(ctx context.Context) ([]byte, error) { return next(ctx, c, c.in) }

// next waits for what comes, also after the connection's end if it came before.
func next[T any](ctx context.Context, c *Conn, in <-chan T) (T, error) {
	select {
	case m := <-in:
		return m, nil
	default:
	}
	var none T
	select {
	case m := <-in:
		return m, nil
	case <-c.done:
		select { // both were ready
		case m := <-in:
			return m, nil
		default:
			return none, c.err
		}
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// Flush waits until the other side has acknowledged all that was sent.
func (c *Conn) Flush(ctx context.Context) error {
	c.data.SetBufferedAmountLowThreshold(0)
	for c.data.BufferedAmount() > 0 {
		if err := c.wait(ctx, c.low); err != nil {
			return err
		}
	}
	return nil
}
