//go:build linux || darwin

package collect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"syscall"
	"time"

	"golang.org/x/net/icmp"
	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// icmpEchoer sends echo requests (RFC 792, RFC 4443) through a datagram
// socket, which systems give to everybody, or a raw one, for administrators.
type icmpEchoer struct {
	c       *icmp.PacketConn
	to      net.Addr
	address netip.Addr
	id, seq int
	header  int // bytes before an echo's data
}

func newEchoer(to netip.Addr) (echoer, error) {
	networks, any := []string{"udp4", "ip4:icmp"}, "0.0.0.0"
	if to.Is6() {
		networks, any = []string{"udp6", "ip6:ipv6-icmp"}, "::"
	}
	for _, network := range networks {
		c, err := icmp.ListenPacket(network, any)
		if errors.Is(err, fs.ErrPermission) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("prepare echo requests: %w", err)
		}
		e := &icmpEchoer{c: c, address: to, id: int(rand.Uint32N(1 << 16)), header: 20 + 8}
		e.to = &net.IPAddr{IP: to.AsSlice(), Zone: to.Zone()}
		if network[0] == 'u' {
			e.to = &net.UDPAddr{IP: to.AsSlice(), Zone: to.Zone()}
		}
		if to.Is6() {
			e.header = 40 + 8
		}
		if err := e.whole(); err != nil {
			c.Close()
			return nil, fmt.Errorf("prepare echo requests: %w", err)
		}
		return e, nil
	}
	return nil, errNoEcho
}

// whole forbids that packets are split, and leaves aside what the system
// believes to know about the way.
func (e *icmpEchoer) whole() error {
	var socket syscall.Conn
	if p := e.c.IPv4PacketConn(); p != nil {
		socket, _ = p.PacketConn.(syscall.Conn)
	} else if p := e.c.IPv6PacketConn(); p != nil {
		socket, _ = p.PacketConn.(syscall.Conn)
	}
	if socket == nil {
		return errors.ErrUnsupported
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return err
	}
	var set error
	if err := raw.Control(func(fd uintptr) { set = neverSplit(int(fd), e.address.Is6()) }); err != nil {
		return err
	}
	return set
}

func (e *icmpEchoer) Close() error { return e.c.Close() }

func (e *icmpEchoer) echo(ctx context.Context, sizes []int, wait time.Duration) (map[int]time.Duration, error) {
	sent := map[int]time.Time{} // by sequence number
	size := map[int]int{}
	for _, n := range sizes {
		e.seq = (e.seq + 1) & 0xffff
		m := icmp.Message{Type: ipv4.ICMPTypeEcho, Body: &icmp.Echo{ID: e.id, Seq: e.seq, Data: make([]byte, max(0, n-e.header))}}
		if e.address.Is6() {
			m.Type = ipv6.ICMPTypeEchoRequest
		}
		packet, err := m.Marshal(nil)
		if err != nil {
			return nil, err
		}
		sent[e.seq], size[e.seq] = time.Now(), n
		if _, err := e.c.WriteTo(packet, e.to); err != nil && !errors.Is(err, syscall.EMSGSIZE) {
			return nil, err
		}
	}
	back := map[int]time.Duration{}
	e.c.SetReadDeadline(time.Now().Add(wait))
	stop := context.AfterFunc(ctx, func() { e.c.SetReadDeadline(time.Unix(1, 0)) })
	defer stop()
	buf := make([]byte, 1<<16)
	for len(back) < len(sizes) {
		n, from, err := e.c.ReadFrom(buf)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return back, ctx.Err()
		case errors.Is(err, syscall.EMSGSIZE), errors.Is(err, syscall.ECONNREFUSED):
			continue // a router's word about a packet before
		case err != nil:
			return back, err
		}
		if seq, ok := e.reply(buf[:n], from); ok {
			if at, ours := sent[seq]; ours {
				back[size[seq]] = time.Since(at)
			}
		}
	}
	return back, ctx.Err()
}

// reply gives the sequence number of an answer to this echoer. Datagram
// sockets get their own answers alone, with an identifier of the system's.
func (e *icmpEchoer) reply(packet []byte, from net.Addr) (int, bool) {
	protocol := 1
	if e.address.Is6() {
		protocol = 58
	}
	m, err := icmp.ParseMessage(protocol, packet)
	if err != nil || m.Type != ipv4.ICMPTypeEchoReply && m.Type != ipv6.ICMPTypeEchoReply {
		return 0, false
	}
	body, ok := m.Body.(*icmp.Echo)
	if _, raw := from.(*net.IPAddr); !ok || raw && body.ID != e.id {
		return 0, false
	}
	return body.Seq, true
}
