package session

import (
	"errors"
	"testing"

	"github.com/beistand/beistand/session/wire"
)

// However much a host sends, no more waits for the window than a host that
// keeps to the rules has on its way; what is from before a pause does not count.
func TestFloodOfFrames(t *testing.T) {
	w := newWatching(nil, newGate())
	fill := func(epoch uint32, frame []byte, n int) (err error) {
		for range n {
			err = errors.Join(err, w.came(epoch, frame))
		}
		return err
	}
	if err := fill(1, []byte{1}, shows); err != nil {
		t.Fatalf("as many as may wait: %v", err)
	}
	if err := fill(2, []byte{2}, shows); err != nil {
		t.Errorf("as many again after a pause: %v", err)
	}
	if err := fill(2, []byte{2}, 1); !errors.Is(err, errFlood) {
		t.Errorf("one more: %v, want %v", err, errFlood)
	}
	w = newWatching(nil, newGate())
	if err := fill(1, make([]byte, wire.MaxUpdate/2), 3); !errors.Is(err, errFlood) {
		t.Errorf("three of half the largest size: %v, want %v", err, errFlood)
	}
}
