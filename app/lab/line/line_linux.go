package line

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// Line is a line that is slow and far.
type Line struct {
	Delay time.Duration // each way
	Rate  float64       // bits a second each way; 0 is without limit
	Queue time.Duration // longest wait for the line's turn before packets are dropped; 0 is 200 ms
	Loss  float64       // of all packets, 0 to 1, each way, at random, the same ones in every run
}

const underWay = 4096 // packets at most, each way

// Join makes a TUN interface in each namespace (of ip netns) and carries
// packets between them until close, which waits for that.
func (l Line) Join(nsA, deviceA, nsB, deviceB string) (done func() error, err error) {
	if l.Queue == 0 {
		l.Queue = 200 * time.Millisecond
	}
	one, err := openTUN(nsA, deviceA)
	if err != nil {
		return nil, err
	}
	two, err := openTUN(nsB, deviceB)
	if err != nil {
		return nil, errors.Join(err, one.Close())
	}
	var all sync.WaitGroup
	for i, ends := range [][2]*os.File{{one, two}, {two, one}} {
		way := make(chan late, underWay)
		lost := rand.New(rand.NewPCG(42, uint64(i)))
		all.Go(func() { l.take(ends[0], way, lost) })
		all.Go(func() { give(ends[1], way) })
	}
	return func() error {
		err := errors.Join(one.Close(), two.Close())
		all.Wait()
		return err
	}, nil
}

type late struct {
	due    time.Time
	packet []byte
}

// take reads packets until the interface is closed.
func (l Line) take(from io.Reader, way chan<- late, lost *rand.Rand) {
	defer close(way)
	var free time.Time // when the line has sent all that it was given
	b := make([]byte, 64<<10)
	for {
		n, err := from.Read(b)
		if err != nil {
			return
		}
		if l.Loss > 0 && lost.Float64() < l.Loss {
			continue
		}
		now := time.Now()
		if free.Before(now) {
			free = now
		}
		if free.Sub(now) > l.Queue {
			continue
		}
		if l.Rate > 0 {
			free = free.Add(time.Duration(float64(n) * 8 / l.Rate * float64(time.Second)))
		}
		select {
		case way <- late{free.Add(l.Delay), append([]byte(nil), b[:n]...)}:
		default: // more than any line holds
		}
	}
}

func give(to io.Writer, way <-chan late) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for p := range way {
		timer.Reset(time.Until(p.due))
		<-timer.C
		_, _ = to.Write(p.packet) // an interface that is down takes nothing, like a cable
	}
}

// openTUN makes a TUN interface in a namespace; its file works from anywhere.
func openTUN(namespace, device string) (file *os.File, err error) {
	err = Inside(namespace, func() error {
		fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
		if err != nil {
			return err
		}
		request, err := unix.NewIfreq(device)
		if err != nil {
			return errors.Join(err, unix.Close(fd))
		}
		request.SetUint16(unix.IFF_TUN | unix.IFF_NO_PI)
		if err := unix.IoctlIfreq(fd, unix.TUNSETIFF, request); err != nil {
			return errors.Join(err, unix.Close(fd))
		}
		file = os.NewFile(uintptr(fd), device) // told of packets only now that there is an interface
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("make the interface %s in %s: %w", device, namespace, err)
	}
	return file, nil
}
