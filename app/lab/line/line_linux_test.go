package line

import (
	"bytes"
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

// through sends packets over a line without interfaces and gives what arrives.
func through(t *testing.T, l Line, packets int, size int) (arrived int, took time.Duration) {
	t.Helper()
	if l.Queue == 0 {
		l.Queue = time.Hour
	}
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	way := make(chan late, underWay)
	began := time.Now()
	go func() {
		defer to.Close()
		for range packets {
			_, _ = to.Write(bytes.Repeat([]byte{1}, size))
		}
	}()
	go l.take(wholePackets{from, size}, way, rand.New(rand.NewPCG(1, 1)))
	var out bytes.Buffer
	give(&out, way)
	return out.Len() / size, time.Since(began)
}

// wholePackets reads a pipe as an interface is read: a packet at a time.
type wholePackets struct {
	pipe *os.File
	size int
}

func (w wholePackets) Read(b []byte) (int, error) {
	n := 0
	for n < w.size {
		some, err := w.pipe.Read(b[n:w.size])
		if err != nil {
			return n, err
		}
		n += some
	}
	return n, nil
}

func TestLineIsLate(t *testing.T) {
	if n, took := through(t, Line{Delay: 30 * time.Millisecond}, 10, 100); n != 10 || took < 30*time.Millisecond {
		t.Errorf("%d of 10 packets after %v", n, took)
	}
}

func TestLineIsSlow(t *testing.T) {
	// 100 packets of 1000 bytes at 8 Mbit/s: 100 ms.
	if n, took := through(t, Line{Rate: 8e6}, 100, 1000); n != 100 || took < 99*time.Millisecond {
		t.Errorf("%d of 100 packets after %v", n, took)
	}
}

func TestLineDropsWhatWaitsTooLong(t *testing.T) {
	// 10 ms of queue hold ten packets of a millisecond each.
	if n, _ := through(t, Line{Rate: 8e6, Queue: 10 * time.Millisecond}, 200, 1000); n < 10 || n == 200 {
		t.Errorf("%d of 200 packets", n)
	}
}

func TestLineLoses(t *testing.T) {
	if n, _ := through(t, Line{Loss: 0.1}, 2000, 50); n < 1700 || n > 1900 {
		t.Errorf("%d of 2000 packets, with one in ten lost", n)
	}
}
