package collect

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// ask puts one question to one server (RFC 1035), without hosts file, search
// list or a second try: that is what tells a dead server from a slow one.
func ask(ctx context.Context, server ServerFacts, port, name string) ServerFacts {
	server.Asked = strings.TrimSuffix(name, ".")
	if server.Asked == "" {
		server.Asked = "."
	}
	start := time.Now()
	err := question(ctx, net.JoinHostPort(server.Address, port), name)
	server.Milliseconds = milliseconds(time.Since(start))
	if err == nil {
		return server
	}
	server.Kind, server.Error = problemOf(err), err.Error()
	var answer *dnsAnswerError
	if errors.As(err, &answer) {
		server.Kind = answer.kind
	}
	return server
}

// dnsAnswerError is an answer that is none.
type dnsAnswerError struct {
	kind string
	says string
}

func (e *dnsAnswerError) Error() string { return e.says }

// question sends a query and reads the answer. That a name does not exist is
// an answer as good as any: the server works.
func question(ctx context.Context, server, name string) error {
	of := dnsmessage.TypeA
	if name == "." {
		of = dnsmessage.TypeNS
	}
	asked, err := dnsmessage.NewName(name)
	if err != nil {
		return &dnsAnswerError{ProblemAddress, "the name is not well formed"}
	}
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: uint16(rand.Uint32()), RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: asked, Type: of, Class: dnsmessage.ClassINET}},
	}
	packet, err := m.Pack()
	if err != nil {
		return &dnsAnswerError{ProblemAddress, "the name is not well formed"}
	}
	timed, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	var d net.Dialer
	c, err := d.DialContext(timed, "udp", server)
	if err != nil {
		return err
	}
	defer c.Close()
	end, _ := timed.Deadline()
	c.SetDeadline(end)
	stop := context.AfterFunc(timed, func() { c.SetDeadline(time.Now()) })
	defer stop()
	if _, err := c.Write(packet); err != nil {
		return err
	}
	buf := make([]byte, 4096)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return err
		}
		var p dnsmessage.Parser
		h, err := p.Start(buf[:n])
		if err != nil || h.ID != m.ID || !h.Response {
			continue // not an answer to this question; somebody may be guessing
		}
		switch h.RCode {
		case dnsmessage.RCodeSuccess, dnsmessage.RCodeNameError:
			return nil
		case dnsmessage.RCodeRefused:
			return &dnsAnswerError{ProblemRefused, "the server does not answer questions from here"}
		case dnsmessage.RCodeServerFailure:
			return &dnsAnswerError{ProblemServer, "the server could not find out"}
		}
		return &dnsAnswerError{ProblemProtocol, fmt.Sprintf("the server answered with code %d", h.RCode)}
	}
}
