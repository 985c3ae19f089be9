package peer

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"syscall"
	"time"

	"github.com/pion/transport/v2"
	"github.com/pion/transport/v2/stdnet"
)

// filteredNet is the machine's network with acceptable in front of every socket.
type filteredNet struct {
	transport.Net
	servers *servers
	sockets *sockets
}

// Interfaces are the network's as they are now: addresses come and go while a
// session lasts.
func (n filteredNet) Interfaces() ([]*transport.Interface, error) {
	now, err := stdnet.NewNet()
	if err != nil {
		return nil, err
	}
	return now.Interfaces()
}

// ListenPacket is asked for the way to a TURN server, always for IPv4; the
// socket speaks both, as the server may.
func (n filteredNet) ListenPacket(string, string) (net.PacketConn, error) {
	conn, err := n.Net.ListenPacket("udp", ":0")
	if err != nil {
		return nil, err
	}
	if udp, ok := conn.(transport.UDPConn); ok {
		return n.sockets.udp(udp)
	}
	return nil, errors.Join(errNotFiltered, conn.Close())
}

func (n filteredNet) ListenUDP(network string, local *net.UDPAddr) (transport.UDPConn, error) {
	conn, err := n.Net.ListenUDP(network, local)
	if err != nil {
		return nil, err
	}
	return n.sockets.udp(conn)
}

func (n filteredNet) DialUDP(network string, local, remote *net.UDPAddr) (transport.UDPConn, error) {
	conn, err := n.Net.DialUDP(network, local, remote)
	if err != nil {
		return nil, err
	}
	return n.sockets.udp(conn)
}

// The rest of the network is not needed: TURN over TCP goes through relayDialer,
// ICE's own through streams.
var errNotFiltered = errors.New("this way to the network is not filtered")

func (filteredNet) Dial(string, string) (net.Conn, error) { return nil, errNotFiltered }

func (filteredNet) DialTCP(string, *net.TCPAddr, *net.TCPAddr) (transport.TCPConn, error) {
	return nil, errNotFiltered
}

func (filteredNet) ListenTCP(string, *net.TCPAddr) (transport.TCPListener, error) {
	return nil, errNotFiltered
}

// filteredUDP reads past packets that are not acceptable.
type filteredUDP struct {
	transport.UDPConn
	sockets *sockets
	raw     syscall.RawConn // nil: there is none
}

func (c filteredUDP) Close() error { return c.sockets.close(c.UDPConn) }

func (c filteredUDP) Read(b []byte) (int, error) {
	for {
		n, err := c.UDPConn.Read(b)
		if err != nil || acceptable(b[:n]) && c.sockets.sources.let(b[:n]) {
			return n, err
		}
	}
}

// takes says whether pion may see a packet, and see it now.
func (c filteredUDP) takes(packet []byte, from net.Addr) bool {
	if !acceptable(packet) || !c.sockets.sources.let(packet) {
		return false
	}
	udp, ok := from.(*net.UDPAddr)
	return !ok || !isCheck(packet) || c.sockets.relays.admit(udp.AddrPort(), time.Now())
}

func (c filteredUDP) ReadFrom(b []byte) (int, net.Addr, error) {
	for {
		n, from, err := c.UDPConn.ReadFrom(b)
		if err != nil || c.takes(b[:n], from) {
			return n, from, err
		}
	}
}

func (c filteredUDP) ReadFromUDP(b []byte) (int, *net.UDPAddr, error) {
	for {
		n, from, err := c.UDPConn.ReadFromUDP(b)
		if err != nil || c.takes(b[:n], from) {
			return n, from, err
		}
	}
}

func (c filteredUDP) ReadMsgUDP(b, oob []byte) (n, oobn, flags int, from *net.UDPAddr, err error) {
	for {
		n, oobn, flags, from, err = c.UDPConn.ReadMsgUDP(b, oob)
		if err != nil || c.takes(b[:n], from) {
			return n, oobn, flags, from, err
		}
	}
}

// filteredStream is a TURN server's byte stream (RFC 8656, section 2.1): STUN
// messages and ChannelData one after the other. It is read message by message,
// and one that is not acceptable ends it. Read is not safe for concurrent use.
type filteredStream struct {
	net.Conn
	sockets *sockets
	message []byte // the rest of the message being given out
}

func (s *filteredStream) Close() error { return s.sockets.close(s.Conn) }

// maxStreamMessage is above any datagram that ICE sends and far below where
// pion's arithmetic of 16 bits wraps.
const maxStreamMessage = 32 << 10

var errStream = errors.New("the relay sent what is no message")

func (s *filteredStream) Read(b []byte) (int, error) {
	for len(s.message) == 0 {
		message, err := s.next()
		if err != nil {
			return 0, err
		}
		s.message = message
	}
	n := copy(b, s.message)
	s.message = s.message[n:]
	return n, nil
}

func (s *filteredStream) next() ([]byte, error) {
	for {
		message, err := s.read()
		if err != nil || s.sockets.sources.let(message) {
			return message, err
		}
	}
}

func (s *filteredStream) read() ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(s.Conn, head[:]); err != nil {
		return nil, err
	}
	size := 4 + (int(binary.BigEndian.Uint16(head[2:]))+3)&^3 // ChannelData is padded in streams
	switch head[0] & 0xc0 {
	case 0:
		size = stunHeader + int(binary.BigEndian.Uint16(head[2:]))
	case 0x40:
	default:
		return nil, errStream
	}
	if size > maxStreamMessage {
		return nil, errStream
	}
	message := make([]byte, size)
	copy(message, head[:])
	if _, err := io.ReadFull(s.Conn, message[4:]); err != nil {
		return nil, err
	}
	if !acceptable(message) {
		return nil, errStream
	}
	return message, nil
}
