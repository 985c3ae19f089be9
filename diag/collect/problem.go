package collect

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"time"
)

// Problem kinds: what went wrong with a name, a connection or a service.
const (
	ProblemNotFound    = "not found"       // the name does not exist, or has no address
	ProblemServer      = "server failure"  // the DNS server answered that it cannot say
	ProblemTimeout     = "timed out"       // nothing came back in time
	ProblemRefused     = "refused"         // there is a machine, and nothing listens there
	ProblemUnreachable = "unreachable"     // no route, or a router said no
	ProblemReset       = "cut off"         // the connection was ended by the other side or something between
	ProblemTLS         = "no TLS"          // the handshake did not come about
	ProblemCertificate = "certificate"     // the certificate does not hold
	ProblemProxy       = "proxy"           // the proxy refused
	ProblemProtocol    = "unknown answer"  // what came back was not understood
	ProblemAddress     = "unknown address" // the profile's address is not well formed
	ProblemOther       = "other"
)

// problemOf gives the kind of an error of the network, "" for nil.
func problemOf(err error) string {
	var name *net.DNSError
	var timeout net.Error
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var invalid *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &name) && name.IsNotFound:
		return ProblemNotFound
	case errors.As(err, &name) && strings.Contains(name.Err, "server misbehaving"):
		return ProblemServer
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return ProblemTimeout
	case errors.As(err, &invalid), errors.As(err, &unknown):
		return ProblemCertificate
	case errors.As(err, &record), errors.As(err, &alert), strings.Contains(err.Error(), "tls: "):
		return ProblemTLS
	case isErrno(err, errnoRefused):
		return ProblemRefused
	case isErrno(err, errnoUnreachable):
		return ProblemUnreachable
	case isErrno(err, errnoReset), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ProblemReset
	}
	return ProblemOther
}

func isErrno(err error, of []error) bool {
	return slices.ContainsFunc(of, func(e error) bool { return errors.Is(err, e) })
}

// milliseconds is how long it has been since start, to a hundredth.
func milliseconds(since time.Duration) float64 {
	return max(0.01, round(float64(since)/float64(time.Millisecond)))
}
