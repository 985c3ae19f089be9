package session

import (
	"context"
	"image"
	"sync/atomic"
	"testing"

	"github.com/beistand/beistand/session/screen/screentest"
)

// late is a room whose first Send delivers at once and returns only at the end,
// so that the answer is there before the word that it was asked for.
type late struct {
	Room
	sent atomic.Bool
}

func (l *late) Send(ctx context.Context, message []byte) error {
	err := l.Room.Send(ctx, message)
	if l.sent.Swap(true) {
		return err
	}
	<-ctx.Done()
	return ctx.Err()
}

func TestAnsweredBeforeJoined(t *testing.T) {
	t.Run("right code", func(t *testing.T) {
		p := newPair(t)
		p.viewer.Room = &late{Room: p.viewer.Room}
		p.start()
		p.sees(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))
	})
	t.Run("wrong code", func(t *testing.T) {
		p := newPair(t)
		p.viewer.Room = &late{Room: p.viewer.Room}
		p.code = another
		p.start()
		h, v := p.ends()
		h.check(t, "host", ErrWrongCode, BySupporter)
		v.check(t, "viewer", ErrWrongCode, BySupporter)
	})
}
