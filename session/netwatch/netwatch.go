// Package netwatch tells when this machine's way to the network has changed.
package netwatch

import (
	"context"
	"net"
	"slices"
	"strings"
	"time"
)

// Times.
const (
	settle    = 120 * time.Millisecond // changes come in groups: the last one counts
	pollEvery = 2 * time.Second        // whatever is told, and where nothing tells of a change
)

// Changes tells that the addresses of this machine, or the one that it would
// speak from, are others than before. It holds one word, and ends with ctx: the
// channel is then closed.
func Changes(ctx context.Context) <-chan struct{} { return watch(ctx, look, hints) }

// watch looks after hints, and now and then whether there are any or not.
func watch(ctx context.Context, look func() string, hints func(context.Context) <-chan struct{}) <-chan struct{} {
	out := make(chan struct{}, 1)
	before := look()
	hinted := hints(ctx)
	go func() {
		defer close(out)
		tick := time.NewTicker(pollEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				if hinted != nil {
					for range hinted { // its goroutine ends
					}
				}
				return
			case _, more := <-hinted:
				if !more {
					hinted = nil
					continue
				}
				quiet(ctx, hinted, tick.C)
			case <-tick.C:
			}
			if now := look(); now != before {
				before = now
				select {
				case out <- struct{}{}:
				default:
				}
			}
		}
	}()
	return out
}

// quiet waits until there was no hint for settle, or for enough: on some
// machines they do not end.
func quiet(ctx context.Context, hinted <-chan struct{}, enough <-chan time.Time) {
	t := time.NewTimer(settle)
	defer t.Stop()
	for {
		select {
		case _, more := <-hinted:
			if !more {
				return
			}
			t.Reset(settle)
		case <-t.C:
			return
		case <-enough:
			return
		case <-ctx.Done():
			return
		}
	}
}

// look is what the machine's way to the network looks like. Link-local addresses
// come and go with containers and virtual machines, and are left out.
func look() string {
	var all []string
	interfaces, err := net.Interfaces()
	if err != nil {
		return "" // cannot be known
	}
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addresses, err := i.Addrs()
		if err != nil {
			continue
		}
		for _, a := range addresses {
			if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLinkLocalUnicast() {
				all = append(all, i.Name+" "+a.String())
			}
		}
	}
	slices.Sort(all)
	// Connecting a UDP socket sends nothing; the system says where it would speak
	// from. The addresses are documentation's (RFC 5737, RFC 3849), behind every default route.
	for _, far := range []string{"192.0.2.1:9", "[2001:db8::1]:9"} {
		if c, err := net.Dial("udp", far); err == nil {
			if from, ok := c.LocalAddr().(*net.UDPAddr); ok {
				all = append(all, "from "+from.IP.String())
			}
			_ = c.Close()
		}
	}
	return strings.Join(all, "\n")
}
