package session

import (
	"errors"
	"testing"

	"github.com/beistand/beistand/session/wire"
)

// FuzzIncoming plays a sender that says anything, and a slow disk: two bytes
// are a step. Whatever comes, it comes without gaps, no more of it waits than a
// window, and nothing is longer than was said.
func FuzzIncoming(f *testing.F) {
	f.Add(uint32(100), []byte{0, 100, 2, 1, 3, 0})
	f.Add(uint32(wire.Window*2), []byte{1, 255, 1, 255, 1, 255, 1, 255, 1, 255, 2, 9, 3, 0})
	f.Add(uint32(0), []byte{3, 0, 3, 0})
	f.Add(uint32(10), []byte{4, 1, 0, 5, 0, 5, 0, 5})
	f.Fuzz(func(t *testing.T, size uint32, steps []byte) {
		i := &incoming{size: int64(size), limit: wire.MaxFile, parts: make(chan part, pieces+1), accepted: true, stop: func() {}}
		if size%7 == 0 {
			i.size, i.limit = -1, wire.MaxEvidence
		}
		for len(steps) >= 2 {
			what, n := steps[0]%6, int(steps[1])
			steps = steps[2:]
			came, ended := i.came, i.ended
			var err error
			switch what {
			case 0, 1: // a piece in its place
				n = max(1, n*(1+int(what)*63))
				err = i.piece(&wire.Piece{ID: 1, Offset: uint64(came), Data: make([]byte, n)})
				if err == nil && (ended || i.came != came+int64(n)) {
					t.Fatalf("%d bytes were taken after %d, which ended: %v", n, came, ended)
				}
			case 2: // the disk takes some
				for range n {
					select {
					case p := <-i.parts:
						i.kept += int64(len(p.data))
					default:
					}
				}
			case 3:
				err = i.end(&wire.Done{ID: 1})
				if err == nil && (ended || i.kept != i.came || i.size >= 0 && i.came != i.size) {
					t.Fatalf("an end counted at %d of %d, %d stored", i.came, i.size, i.kept)
				}
			case 4: // a piece elsewhere
				err = i.piece(&wire.Piece{ID: 1, Offset: uint64(came) + uint64(n) + 1, Data: []byte{1}})
				if err == nil {
					t.Fatal("a gap was taken")
				}
			case 5:
				i.fail(ErrNotWanted)
			}
			if err != nil && !errors.Is(err, errTransfer) && !errors.Is(err, errOverrun) {
				t.Fatalf("an error of no kind: %v", err)
			}
			if i.came-i.kept > wire.Window || i.size >= 0 && i.came > i.size || i.came > i.limit || len(i.parts) > pieces+1 {
				t.Fatalf("%d bytes came, %d are stored, of %d", i.came, i.kept, i.size)
			}
		}
	})
}
