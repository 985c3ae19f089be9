package flow

import (
	"encoding/binary"
	"fmt"
)

// Put takes an update, which is copied, to be sent behind all others. After
// ErrFull and ErrSize nothing of it was taken.
func (s *Sender) Put(update []byte) error {
	if len(update) == 0 || len(update) > MaxFrame {
		return fmt.Errorf("update of %d bytes: %w", len(update), ErrSize)
	}
	if s.queued+len(update) > MaxQueued {
		return fmt.Errorf("update of %d bytes after %d: %w", len(update), s.queued, ErrFull)
	}
	var length [binary.MaxVarintLen32]byte
	s.write(length[:binary.PutUvarint(length[:], uint64(len(update)))], true)
	s.write(update, false)
	return nil
}

// write appends to the last segment, as long as that was not sent, and to new ones.
func (s *Sender) write(b []byte, starts bool) {
	for len(b) > 0 {
		var g *segment
		if s.end > s.next {
			g = s.at(s.end - 1)
		}
		if g == nil || len(g.data) == maxPayload || starts && g.starts == maxStarts {
			g = s.add()
		}
		n := min(len(b), maxPayload-len(g.data))
		g.data = append(g.data, b[:n]...)
		if starts {
			g.starts++
			starts = false
		}
		s.queued += n
		b = b[n:]
	}
}
