// Package desk is the ticket desk: the HTTP interface that customers and staff speak with.
package desk

import "net/netip"

// Config is what a desk is made from. Zero values are sensible except for Dir.
type Config struct {
	Dir          string // database and files; made with mode 0700 when it is not there
	Listen       string // "" is 127.0.0.1:7480; port 0 is chosen by the system
	TLSCert      string // PEM files; both or neither
	TLSKey       string
	BehindProxy  bool   // a proxy on the way in speaks TLS and appends X-Forwarded-For
	Organisation string // shown to customers with every session
	Version      string // the program's, for health
	Log          logger // nil: nothing is logged

	RelayListen   string         // TURN, UDP and TCP, such as "0.0.0.0:3478"; "" is no relay
	RelayPublicIP netip.Addr     // what clients reach the relay by; needed when RelayListen names no address
	RelayAllow    []netip.Prefix // special-purpose networks that may be relayed to all the same
	RelayMinPort  uint16         // relayed ports, both inclusive; 0 and 0 is 49152 to 65535 (RFC 8656, section 7.2)
	RelayMaxPort  uint16
}

// logger takes one line an event; a *logrus.Logger and a *log.Logger are some.
type logger interface {
	Printf(format string, args ...any)
}
