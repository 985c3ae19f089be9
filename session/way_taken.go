package session

import (
	"fmt"

	"github.com/beistand/beistand/session/wire"
)

// How much is taken before the other side is told that it need not keep it.
const (
	takenMessages = 32
	takenBytes    = 256 << 10
)

// taken counts what came over all connections.
type taken struct {
	count    uint64 // messages, the greetings left out
	messages int    // since the other side was told
	bytes    int
}

// takeData takes a message over the line in use.
func (r *run) takeData(b []byte) error {
	m, err := r.openChannel(b)
	if err != nil {
		return err
	}
	t := &r.taken
	t.count++
	t.messages++
	t.bytes += len(b)
	if t.messages >= takenMessages || t.bytes >= takenBytes {
		t.messages, t.bytes = 0, 0
		if _, err := r.send(r.life, &wire.Received{Count: t.count}); err != nil {
			return err
		}
	}
	switch m := m.(type) {
	case *wire.Received:
		return r.out.taken(m.Count)
	case *wire.Withdrawn:
		return nil
	case *wire.Resume:
		return fmt.Errorf("take a second greeting: %w", ErrTampered)
	}
	r.hear(m, nil)
	return nil
}
