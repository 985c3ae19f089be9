package codectest

import (
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec"
)

// broken: what is not a frame is an error or a wrong picture, never more, and
// the next keyframe mends it.
func broken(t *testing.T, p Pair) {
	l := open(t, p, small, codec.EncoderOptions{Rate: 500_000})
	film := NewFilm(small)
	rng := rand.New(rand.NewPCG(3, 4))
	refused := 0
	for i := range 300 {
		film.Frame(l.src, i)
		k := l.encode(i%3 == 0)
		if i%3 != 0 || i%2 == 0 {
			data := append([]byte(nil), k.Data...)
			switch rng.IntN(4) {
			case 0:
				data = data[:rng.IntN(len(data)+1)]
			case 1:
				data = append(data[:rng.IntN(len(data))], data...)
			case 2:
				for j := range data {
					data[j] = byte(rng.Uint32())
				}
			default:
				for range 1 + rng.IntN(20) {
					data[rng.IntN(min(len(data), 1+rng.IntN(len(data))))] ^= 1 << rng.IntN(8)
				}
			}
			if l.dec.Decode(data, l.dst) != nil {
				refused++
			}
		}
	}
	if refused < 50 {
		t.Errorf("of 300 broken frames %d were refused", refused)
	}
	if err := l.dec.Decode(nil, l.dst); !errors.Is(err, codec.ErrData) {
		t.Errorf("no data: %v", err)
	}
	if err := l.dec.Decode(l.encode(false).Data, l.dst); !errors.Is(err, codec.ErrKey) {
		t.Errorf("a frame after one that could not be decoded: %v", err)
	}
	l.pass(true)
	for range 15 {
		l.pass(false)
	}
	if got := Luma(l.src, l.dst); got < 34 {
		t.Errorf("%.1f dB after a keyframe", got)
	}
}

// closes: twice is once, and what is closed says so.
func closes(t *testing.T, p Pair) {
	l := open(t, p, small, codec.EncoderOptions{})
	k := l.pass(true)
	for range 2 {
		l.enc.Close()
		l.dec.Close()
	}
	l.enc.SetRate(100_000)
	if _, err := l.enc.Encode(l.src, l.src.Rect, time.Second, true); !errors.Is(err, codec.ErrClosed) {
		t.Errorf("encode after close: %v", err)
	}
	if err := l.dec.Decode(k.Data, l.dst); !errors.Is(err, codec.ErrClosed) {
		t.Errorf("decode after close: %v", err)
	}
}

// closesMeanwhile: whoever closes need not wait for whoever works.
func closesMeanwhile(t *testing.T, p Pair) {
	l := open(t, p, small, codec.EncoderOptions{})
	NewFilm(small).Frame(l.src, 0)
	k := l.encode(true)
	started := make(chan struct{}, 2)
	var all sync.WaitGroup
	work := func(do func() error) {
		for i := 0; ; i++ {
			if err := do(); err != nil {
				if !errors.Is(err, codec.ErrClosed) {
					t.Error(err)
				}
				return
			}
			if i == 2 {
				started <- struct{}{}
			}
		}
	}
	all.Go(func() {
		work(func() error { _, err := l.enc.Encode(l.src, l.src.Rect, time.Second, false); return err })
	})
	all.Go(func() { work(func() error { return l.dec.Decode(k.Data, l.dst) }) })
	<-started
	<-started
	l.enc.SetRate(300_000)
	l.enc.Close()
	l.dec.Close()
	all.Wait()
}
