package doctor

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"github.com/pion/stun/v3"

	"github.com/beistand/beistand/session/tunnel"
)

// maxAnswer bounds one answer, in bytes.
const maxAnswer = 1500

// resend are the pauses before a question is asked again over UDP (after RFC
// 8489, section 6.2.1, with fewer of them: a person waits).
var resend = []time.Duration{250 * time.Millisecond, 500 * time.Millisecond, time.Second, time.Second}

var errAnswer = errors.New("that was no answer")

func address(u *stun.URI) string { return net.JoinHostPort(u.Host, strconv.Itoa(u.Port)) }

// allocate asks for an allocation over UDP (REQUESTED-TRANSPORT, RFC 8656, section 18.7).
func allocate() *stun.Message {
	return stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodAllocate, stun.ClassRequest),
		stun.RawAttribute{Type: stun.AttrRequestedTransport, Length: 4, Value: []byte{17, 0, 0, 0}})
}

// wants says whether a relay answers, and asks who wants an allocation.
func wants(ctx context.Context, u *stun.URI) bool {
	ctx, cancel := context.WithTimeout(ctx, wayTime)
	defer cancel()
	var answer *stun.Message
	var err error
	if way(u) == "UDP" {
		var conn net.PacketConn
		if conn, err = net.ListenPacket("udp", ":0"); err != nil {
			return false
		}
		defer conn.Close()
		answer, err = overUDP(ctx, conn, address(u), allocate())
	} else {
		answer, err = overTCP(ctx, u, allocate())
	}
	var code stun.ErrorCodeAttribute
	return err == nil && code.GetFrom(answer) == nil && code.Code == stun.CodeUnauthorized
}

// overUDP asks and waits for the answer to this question from this server.
func overUDP(ctx context.Context, conn net.PacketConn, server string, question *stun.Message) (*stun.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, wayTime)
	defer cancel()
	to, err := resolve(ctx, server)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) }) // wakes the reading below
	defer stop()
	for _, pause := range resend {
		if _, err := conn.WriteTo(question.Raw, to); err != nil {
			return nil, err
		}
		until := time.Now().Add(pause)
		for ctx.Err() == nil {
			if err := conn.SetReadDeadline(until); err != nil {
				return nil, err
			}
			b := make([]byte, maxAnswer)
			n, from, err := conn.ReadFrom(b)
			if err != nil {
				break // late, or the system says that nobody is there: ask again
			}
			if from.String() != to.String() {
				continue
			}
			if answer, err := read(b[:n], question); err == nil {
				return answer, nil
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return nil, errAnswer
}

// resolve looks a server up without waiting longer than ctx.
func resolve(ctx context.Context, server string) (*net.UDPAddr, error) {
	host, port, err := net.SplitHostPort(server)
	if err != nil {
		return nil, err
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || len(found) == 0 {
		return nil, errAnswer
	}
	first := max(0, slices.IndexFunc(found, func(ip netip.Addr) bool { return ip.Unmap().Is4() })) // as a session prefers
	return net.UDPAddrFromAddrPort(netip.AddrPortFrom(found[first].Unmap(), uint16(n))), nil
}

// overTCP asks over TCP, or TLS.
func overTCP(ctx context.Context, u *stun.URI, question *stun.Message) (*stun.Message, error) {
	conn, err := tunnel.Dial(ctx, address(u), tunnel.Proxy(address(u)), nil) // as a session does
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if u.Scheme == stun.SchemeTypeTURNS {
		secure := tls.Client(conn, &tls.Config{ServerName: u.Host, MinVersion: tls.VersionTLS12})
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, err
		}
		conn = secure
	}
	if end, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(end); err != nil {
			return nil, err
		}
	}
	if _, err := conn.Write(question.Raw); err != nil {
		return nil, err
	}
	b := make([]byte, maxAnswer)
	if _, err := io.ReadFull(conn, b[:20]); err != nil { // RFC 8489, section 5
		return nil, err
	}
	n := 20 + int(binary.BigEndian.Uint16(b[2:4]))
	if n > maxAnswer {
		return nil, errAnswer
	}
	if _, err := io.ReadFull(conn, b[20:n]); err != nil {
		return nil, err
	}
	return read(b[:n], question)
}

// read takes an answer to a question.
func read(b []byte, question *stun.Message) (*stun.Message, error) {
	m := &stun.Message{Raw: b}
	if err := m.Decode(); err != nil {
		return nil, err
	}
	if m.TransactionID != question.TransactionID || m.Type.Method != question.Type.Method ||
		m.Type.Class != stun.ClassSuccessResponse && m.Type.Class != stun.ClassErrorResponse {
		return nil, errAnswer
	}
	return m, nil
}
