package desk

import (
	"errors"
	"io"
	"net"
	"net/netip"
)

// packets is a UDP socket with one reader. It hides the errors that the socket
// survives, such as Windows' port unreachable: the relay would stop reading at
// the first.
type packets struct {
	*net.UDPConn
	no   func(message []byte) []byte // what answers it in the relay's stead; nil: nothing
	from ends                        // the reader's alone
}

func newPackets(conn *net.UDPConn, no func([]byte) []byte) *packets {
	return &packets{UDPConn: conn, no: no, from: ends{}}
}

func (p *packets) ReadFrom(b []byte) (int, net.Addr, error) {
	for {
		n, from, err := p.ReadFromUDPAddrPort(b)
		switch {
		case errors.Is(err, net.ErrClosed):
			return n, nil, err
		case err != nil:
			continue
		}
		no := p.no(b[:n])
		if no == nil {
			return n, p.from.of(from), nil
		}
		_, _ = p.WriteToUDPAddrPort(no, from) // a packet may get lost
	}
}

// maxEnds bounds what strangers can make a reader remember.
const maxEnds = 4096

// ends are addresses as the relay's library wants them, made once each and not
// for every packet: what a packet leaves to collect is what takes its time.
// Nobody may change them.
type ends map[netip.AddrPort]*net.UDPAddr

func (e ends) of(at netip.AddrPort) *net.UDPAddr {
	known := e[at]
	if known == nil {
		if len(e) >= maxEnds {
			clear(e)
		}
		ip := at.Addr().As16() // both families in the form that is compared
		known = &net.UDPAddr{IP: ip[:], Port: int(at.Port()), Zone: at.Addr().Zone()}
		e[at] = known
	}
	return known
}

func closeAll[C io.Closer](all []C) (err error) {
	for _, c := range all {
		err = errors.Join(err, c.Close())
	}
	return err
}
