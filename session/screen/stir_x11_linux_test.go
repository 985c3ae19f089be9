package screen

import (
	"encoding/binary"
	"testing"
)

// FuzzIdleTime holds that a server's list is read within its bounds.
func FuzzIdleTime(f *testing.F) {
	counter := func(id uint32, name string) []byte {
		b := binary.LittleEndian.AppendUint32(nil, id)
		b = append(b, make([]byte, 8)...)
		b = binary.LittleEndian.AppendUint16(b, uint16(len(name)))
		b = append(b, name...)
		return append(b, make([]byte, (4-len(b)%4)%4)...)
	}
	list := append(make([]byte, 32), append(counter(7, "SERVERTIME"), counter(9, "IDLETIME")...)...)
	if id, ok := idleTime(list); !ok || id != 9 {
		f.Fatalf("got %d, %v", id, ok)
	}
	f.Add(list)
	f.Add(list[:40])
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, reply []byte) {
		if _, ok := idleTime(reply); ok && len(reply) < 32+14+8 {
			t.Errorf("found in %d bytes", len(reply))
		}
	})
}
