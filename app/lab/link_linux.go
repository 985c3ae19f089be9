package lab

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Link is a line that is slow and far: what netem does, for kernels without it.
type Link struct {
	Delay time.Duration // each way
	Rate  float64       // bits a second each way; 0 is without limit
	Queue time.Duration // longest wait for the line's turn before packets are dropped; 0 is 200 ms
}

const linePackets = 4096 // under way at most, each way

// join makes a TUN interface in each machine and carries packets between them
// until the test ends.
func (l Link) join(tb testing.TB, a *Machine, deviceA string, b *Machine, deviceB string) {
	tb.Helper()
	if l.Queue == 0 {
		l.Queue = 200 * time.Millisecond
	}
	one, err := openTUN(a.name, deviceA)
	if err != nil {
		tb.Fatal(err)
	}
	two, err := openTUN(b.name, deviceB)
	if err != nil {
		tb.Fatal(errors.Join(err, one.Close()))
	}
	var all sync.WaitGroup
	for _, ends := range [][2]*os.File{{one, two}, {two, one}} {
		line := make(chan late, linePackets)
		all.Go(func() { l.take(ends[0], line) })
		all.Go(func() { give(ends[1], line) })
	}
	tb.Cleanup(func() {
		if err := errors.Join(one.Close(), two.Close()); err != nil {
			tb.Error(err)
		}
		all.Wait()
	})
}

type late struct {
	due    time.Time
	packet []byte
}

// take reads packets until the interface is closed.
func (l Link) take(from *os.File, line chan<- late) {
	defer close(line)
	var free time.Time // when the line has sent all that it was given
	b := make([]byte, 64<<10)
	for {
		n, err := from.Read(b)
		if err != nil {
			return
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
		case line <- late{free.Add(l.Delay), append([]byte(nil), b[:n]...)}:
		default: // more than any line holds
		}
	}
}

func give(to *os.File, line <-chan late) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for p := range line {
		timer.Reset(time.Until(p.due))
		<-timer.C
		_, _ = to.Write(p.packet) // an interface that is down takes nothing, like a cable
	}
}

// openTUN makes a TUN interface in a namespace; its file works from anywhere.
func openTUN(namespace, device string) (file *os.File, err error) {
	err = inside(namespace, func() error {
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
