package flow

import (
	"testing"
)

// What a full receiver tells is just what it has, also where the ring begins
// again and slots of the past lie behind the last.
func TestAnswerOfAFullReceiver(t *testing.T) {
	for _, past := range []uint64{0, 3, 8, 64, 100, 4095} {
		for _, last := range []uint64{1, 2, 7, 8, 9, 63, 64, 65, 4000, window - 3, window - 1} {
			r, now, number := NewReceiver(), zero, uint64(0)
			give := func(n uint64) {
				t.Helper()
				p := appendHead(nil, head{epoch: 1, number: number, segment: n})
				number++
				if _, err := r.Packet(now, append(p, 1, 'x')); err != nil {
					t.Fatal(err)
				}
			}
			for n := range past {
				give(n)
			}
			want := map[uint64]bool{last: true}
			for n := uint64(1); n < last; n += 3 {
				want[n] = true
			}
			for n := range want {
				give(past + n)
			}
			now = now.Add(ackDelay)
			p, _ := r.Feedback(now)
			var a answer
			if err := a.parse(p); err != nil {
				t.Fatalf("past %d, last %d: %v", past, last, err)
			}
			if a.next != past {
				t.Errorf("past %d, last %d: next is %d", past, last, a.next)
			}
			for i := range uint64(8 * len(a.have)) {
				if has := a.have[i/8]&(1<<(i%8)) != 0; has != want[i+1] {
					t.Fatalf("past %d, last %d: segment %d is told as %t", past, last, i+1, has)
				}
			}
		}
	}
}
