package peer

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/net/ipv4"
)

// Limits of what the other side's hidden addresses can make this machine ask.
const (
	maxNames   = 8 // a connection
	nameTime   = 5 * time.Second
	askEvery   = time.Second
	maxAnswers = 32      // records of a message that are looked at
	maxMDNS    = 9 << 10 // bytes (RFC 6762, section 17)
)

var (
	errNames = errors.New("too many names")
	mdnsPort = &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353} // RFC 6762, section 3
)

// names asks the local network what the names in a browser's candidates stand
// for. Nothing is opened before the first, and nothing is answered: this side
// does not hide its own addresses, which it has shown after consent only.
type names struct {
	life context.Context
	all  sync.WaitGroup

	mu    sync.Mutex // guards asked
	asked int
}

// find calls found with the address behind a name, if there is one.
func (n *names) find(name string, found func(netip.Addr)) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.asked++; n.asked > maxNames {
		return fmt.Errorf("look up %q: %w", name, errNames)
	}
	if n.life.Err() != nil {
		return ErrClosed
	}
	n.all.Go(func() {
		if at, err := lookUpLocal(n.life, name); err == nil {
			found(at)
		} // otherwise the machine is in another network, and other ways remain
	})
	return nil
}

// lookUpLocal asks on every interface until somebody answers. It has a socket
// of its own: such names are few, and mostly alone.
func lookUpLocal(life context.Context, name string) (netip.Addr, error) {
	ctx, cancel := context.WithTimeout(life, nameTime)
	defer cancel()
	question, err := mdnsQuestion(name)
	if err != nil {
		return netip.Addr{}, err
	}
	conn, err := net.ListenMulticastUDP("udp4", nil, mdnsPort) // shared with the system's own service
	if err != nil {
		return netip.Addr{}, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	every := ipv4.NewPacketConn(conn)
	b := make([]byte, maxMDNS)
	for ctx.Err() == nil {
		interfaces, err := net.Interfaces()
		if err != nil {
			return netip.Addr{}, err
		}
		for i := range interfaces {
			if interfaces[i].Flags&(net.FlagUp|net.FlagMulticast) == net.FlagUp|net.FlagMulticast {
				_ = every.JoinGroup(&interfaces[i], mdnsPort) // it may have been joined by the socket itself
				if every.SetMulticastInterface(&interfaces[i]) == nil {
					_, _ = conn.WriteTo(question, mdnsPort) // an interface that is down answers nothing
				}
			}
		}
		if err := conn.SetReadDeadline(time.Now().Add(askEvery)); err != nil {
			return netip.Addr{}, err
		}
		for {
			n, _, err := conn.ReadFrom(b)
			if err != nil {
				break // ask again
			}
			if at, ok := mdnsAnswer(b[:n], name); ok {
				return at, nil
			}
		}
	}
	return netip.Addr{}, ctx.Err()
}

func mdnsQuestion(name string) ([]byte, error) {
	full, err := dnsmessage.NewName(name + ".")
	if err != nil {
		return nil, err
	}
	m := dnsmessage.Message{Questions: []dnsmessage.Question{{Name: full, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET}}}
	return m.Pack()
}

// mdnsAnswer finds the name's IPv4 address in a packet that anybody may have sent.
func mdnsAnswer(packet []byte, name string) (netip.Addr, bool) {
	var p dnsmessage.Parser
	header, err := p.Start(packet)
	if err != nil || !header.Response || p.SkipAllQuestions() != nil {
		return netip.Addr{}, false
	}
	for range maxAnswers {
		h, err := p.AnswerHeader()
		if err != nil {
			return netip.Addr{}, false
		}
		if h.Type != dnsmessage.TypeA || !strings.EqualFold(h.Name.String(), name+".") {
			if p.SkipAnswer() != nil {
				return netip.Addr{}, false
			}
			continue
		}
		a, err := p.AResource()
		if err != nil {
			return netip.Addr{}, false
		}
		at := netip.AddrFrom4(a.A)
		return at, at.IsGlobalUnicast() || at.IsLinkLocalUnicast()
	}
	return netip.Addr{}, false
}
