// Package desk is the ticket desk: the HTTP interface that customers and staff speak with.
package desk

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/pion/stun/v3"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/acme"
	"github.com/beistand/beistand/app/desk/mail"
	"github.com/beistand/beistand/app/desk/people/openid"
	"github.com/beistand/beistand/app/desk/retention"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/files"
)

// Config is what a desk is made from. Zero values are sensible except for Dir.
type Config struct {
	Dir          string       // database and files; made with mode 0700 when it is not there
	Bucket       *files.Where // where attachments are; nil: in Dir, which several desks may share
	Database     string       // a postgres:// URL, which several desks may share; "" is SQLite in Dir
	Listen       string       // "" is 127.0.0.1:7480; port 0 is chosen by the system
	TLSCert      string       // PEM files; both or neither
	TLSKey       string
	ACME         acme.Config // with names: certificates come from an ACME server, and not from files
	BehindProxy  bool        // a proxy on the way in speaks TLS and appends X-Forwarded-For
	Organisation string      // shown to customers with every session
	Version      string      // the program's, for health
	Log          logger      // nil: nothing is logged

	Templates api.Templates // what kinds of tickets need, by the profile; without any the built-in ones hold
	Language  string        // of what the desk writes for its own staff: en, de, nl; "" is English
	URL       string        // by which people reach the desk, "https://desk.example.com"; "" is that of Listen when it is this machine's alone
	OIDC      openid.Config // Issuer "": no OpenID provider
	Mail      mail.Settings // From "": there is no mail

	Routing []api.RoutingRule // where cases go, by the profile

	RelayListen    string         // TURN, UDP and TCP, such as "0.0.0.0:3478"; "" is no relay
	RelayPublicIP  netip.Addr     // what clients reach the relay by; needed when RelayListen names no address
	RelayPublicIP6 netip.Addr     // what clients with IPv6 reach it by, beside an IPv4 one
	RelayAllow     []netip.Prefix // special-purpose networks that may be relayed to all the same
	RelayMinPort   uint16         // relayed ports, both inclusive; 0 and 0 is 49152 to 65535 (RFC 8656, section 7.2)
	RelayMaxPort   uint16

	HookAllow []netip.Prefix // special-purpose networks that webhooks may be sent to, and without TLS

	RelayRate int64 // bytes a second that a session may send through the relay; 0 is 2 MiB

	TURNURLs   []string // another relay beside or instead of this one, "turn:relay.example.com:3478?transport=udp" (RFC 7065)
	TURNSecret string   // that it shares with the desk: coturn's static-auth-secret

	Scan      []string         // command and arguments that look at what comes (package scan); none: nothing is scanned
	ScanLimit time.Duration    // for one content; 0 is 10 minutes
	Retention []retention.Rule // what is deleted when; none: nothing is

	seams seams
}

// logger takes one line an event; a *logrus.Logger and a *log.Logger are some.
type logger interface {
	Printf(format string, args ...any)
}

// seams are what tests replace.
type seams struct {
	now        func() time.Time
	store      store.Options
	sweepEvery time.Duration
	heartbeat  time.Duration // between comments on a quiet event stream
	slowRoom   int           // frames a room keeps for a slow side
	around     func(http.Handler) http.Handler
	firstByte  time.Duration // until a connection over TLS has said its first byte
	limits     func(*limits) // others than set has; nil: none
}

// How long things hold.
const (
	ticketTokenTTL = 180 * 24 * time.Hour
	staffTokenTTL  = 12 * time.Hour // a working day and its overtime
	uploadTTL      = 7 * 24 * time.Hour
	roomGrace      = 6 * time.Minute // both sides may be away for this long: the two machines wait five minutes for each other, and come back
)

// InsecureError refuses to be listened to in the clear from other machines.
type InsecureError struct{ Listen string }

func (e *InsecureError) Error() string {
	return fmt.Sprintf("listen on %q without TLS: other machines could reach it; give a certificate, or say that a proxy in front speaks TLS", e.Listen)
}

type silent struct{}

func (silent) Printf(string, ...any) {}

// complete fills in what is not set and refuses what cannot be.
func (c *Config) complete() error {
	if c.Dir == "" {
		return errors.New("desk: no folder given")
	}
	if c.Listen == "" {
		c.Listen = "127.0.0.1:7480"
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return errors.New("desk: a certificate needs its key, and a key its certificate")
	}
	if c.TLSCert != "" && len(c.ACME.Names) > 0 {
		return errors.New("desk: a certificate comes from files or by ACME, not both")
	}
	if err := c.ACME.Check(); err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	if c.TLSCert == "" && len(c.ACME.Names) == 0 && !c.BehindProxy && !loopback(c.Listen) {
		return &InsecureError{Listen: c.Listen}
	}
	if c.Log == nil {
		c.Log = silent{}
	}
	if c.RelayMinPort == 0 && c.RelayMaxPort == 0 {
		c.RelayMinPort, c.RelayMaxPort = 49152, 65535
	}
	if c.RelayMinPort == 0 || c.RelayMaxPort < c.RelayMinPort {
		return fmt.Errorf("desk: relay ports %d to %d are no range", c.RelayMinPort, c.RelayMaxPort)
	}
	if a := c.RelayPublicIP6; a.IsValid() && (!a.Is6() || a.Is4In6()) {
		return fmt.Errorf("desk: the relay's address %s is not IPv6", a)
	}
	if c.RelayRate == 0 {
		c.RelayRate = defaultRelayRate
	}
	if c.RelayRate < 0 {
		return fmt.Errorf("desk: %d bytes a second are no rate", c.RelayRate)
	}
	if err := retention.Check(c.Retention); err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	if err := c.checkTURN(); err != nil {
		return err
	}
	s := &c.seams
	if s.now == nil {
		s.now = time.Now
	}
	if s.sweepEvery == 0 {
		s.sweepEvery = 5 * time.Second
	}
	if s.heartbeat == 0 {
		s.heartbeat = 15 * time.Second
	}
	if s.around == nil {
		s.around = func(h http.Handler) http.Handler { return h }
	}
	if s.firstByte == 0 {
		s.firstByte = headerTimeout
	}
	if s.slowRoom == 0 {
		s.slowRoom = 64
	}
	return nil
}

// checkTURN looks at the other relay's addresses, so that a mistake shows at
// the start and not in every session.
func (c *Config) checkTURN() error {
	if (len(c.TURNURLs) == 0) != (c.TURNSecret == "") {
		return errors.New("desk: an outside relay needs its address and its secret, both")
	}
	for _, u := range c.TURNURLs {
		parsed, err := stun.ParseURI(u)
		if err != nil || parsed.Scheme != stun.SchemeTypeTURN && parsed.Scheme != stun.SchemeTypeTURNS {
			return fmt.Errorf("desk: %q is no relay's address, like turn:relay.example.com:3478?transport=udp", u)
		}
	}
	return nil
}

// loopback says whether only this machine reaches what listens on addr.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil || host == "" {
		return false
	}
	ips := []net.IP{net.ParseIP(host)}
	if ips[0] == nil {
		if ips, err = net.LookupIP(host); err != nil || len(ips) == 0 {
			return false
		}
	}
	for _, ip := range ips {
		if !ip.IsLoopback() {
			return false
		}
	}
	return true
}
