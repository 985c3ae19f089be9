package cast

import (
	"net/netip"
	"testing"
	"time"

	"github.com/beistand/beistand/app/lab"
)

// Times within which a test expects things; they are far above what is measured.
const (
	startTime   = 30 * time.Second // for a program
	meetTime    = 40 * time.Second // from the code to the first picture
	pictureTime = 40 * time.Second // for pictures to go on
)

// House is a network with a desk.
type House struct {
	*lab.Lab
	TB      testing.TB
	Server  *lab.Server
	Desk    *lab.Program
	URL     string
	Token   string // of a member of staff
	Config  Desk
	Trusted string // the environment that makes programs trust the desk
}

// For gives the house to a part of the test; see lab.Lab.
func (h *House) For(tb testing.TB) *House {
	part := *h
	part.TB, part.Lab = tb, h.Lab.For(tb)
	return &part
}

// Ports of the desk, as its people would choose them.
const (
	deskPort  = 443
	relayPort = 3478
)

// Open makes a network with a desk on the Internet, which speaks both kinds of
// IP. With ipv6 it is known by that address; change may be nil.
func Open(tb testing.TB, ipv6 bool, change func(*Desk)) *House {
	tb.Helper()
	l := lab.New(tb)
	h := &House{Lab: l, TB: tb, Server: l.Server("desk")}
	certificate := lab.Certify(tb, h.Server.IPv4, h.Server.IPv6)
	h.Trusted = "SSL_CERT_FILE=" + certificate.Authority
	h.URL = h.Address(ipv6)
	h.Config = Desk{
		Dir: tb.TempDir(), Listen: netip.AddrPortFrom(netip.IPv6Unspecified(), deskPort), Chain: certificate.Chain, Key: certificate.Key,
		Relay: netip.AddrPortFrom(netip.IPv6Unspecified(), relayPort), Public4: h.Server.IPv4, Public6: h.Server.IPv6,
	}
	if change != nil {
		change(&h.Config)
	}
	h.StartDesk()
	return h
}

// Address is the desk's URL.
func (h *House) Address(ipv6 bool) string {
	at := h.Server.IPv4
	if ipv6 {
		at = h.Server.IPv6
	}
	return "https://" + netip.AddrPortFrom(at, deskPort).String()
}

// StartDesk starts the desk, or another one over the same folder.
func (h *House) StartDesk() {
	h.TB.Helper()
	h.Desk = h.Server.Play(RoleDesk, h.Config)
	var said Said
	if err := h.Desk.Event(SaidListening, startTime).Into(&said); err != nil {
		h.TB.Fatal(err)
	}
	h.Token = said.Word
}

// Session is one between two homes.
type Session struct {
	TB           testing.TB
	Host, Viewer *lab.Program
	CodeAt       time.Time // when the supporter had typed the code
}

// Meeting is how a session is begun.
type Meeting struct {
	Customer, Supporter       *lab.Machine
	CustomerEnv, SupporterEnv []string // such as a proxy
	SupporterDesk             string   // the desk's URL as the supporter has it; "" is the house's
	Besides                   []string // servers that both try besides the desk's, as URLs
	RelayOnly                 bool
	Unwatched                 bool // nothing tells the two of a change of networks
}

// Meet starts a session and gives it when the supporter has typed the code.
func (h *House) Meet(m Meeting) *Session {
	h.TB.Helper()
	s := &Session{TB: h.TB}
	s.Host = m.Customer.Play(RoleHost, Host{Desk: h.URL, Besides: m.Besides, RelayOnly: m.RelayOnly, Unwatched: m.Unwatched}, append([]string{h.Trusted}, m.CustomerEnv...)...)
	var ticket, code Said
	if err := s.Host.Event(SaidTicket, startTime).Into(&ticket); err != nil {
		h.TB.Fatal(err)
	}
	desk := h.URL
	if m.SupporterDesk != "" {
		desk = m.SupporterDesk
	}
	s.Viewer = m.Supporter.Play(RoleViewer, Viewer{Desk: desk, Token: h.Token, Ticket: ticket.Number, Besides: m.Besides, RelayOnly: m.RelayOnly, Unwatched: m.Unwatched},
		append([]string{h.Trusted}, m.SupporterEnv...)...)
	if err := s.Host.Event(SaidCode, startTime).Into(&code); err != nil {
		h.TB.Fatal(err)
	}
	s.Viewer.Event(SaidAsked, startTime)
	s.CodeAt = time.Now()
	s.Viewer.Tell(code.Word)
	return s
}

// First waits for the first picture and says how long after the code it was shown.
func (s *Session) First() time.Duration {
	s.TB.Helper()
	p, err := s.picture(0, meetTime, func(Picture) bool { return true })
	if err != nil {
		s.TB.Fatal(err)
	}
	return p.Shown.Sub(s.CodeAt)
}

// Path waits for what the supporter's side says of the way between the machines.
func (s *Session) Path() string {
	s.TB.Helper()
	var said Said
	if err := s.Viewer.Event(SaidPath, meetTime).Into(&said); err != nil {
		s.TB.Fatal(err)
	}
	return said.Word
}

// After waits for the first picture that was read off the screen after a
// moment, and says how long after it that was shown.
func (s *Session) After(moment time.Time) time.Duration {
	s.TB.Helper()
	p, err := s.picture(0, pictureTime, func(p Picture) bool { return p.Read.After(moment) })
	if err != nil {
		s.TB.Fatal(err)
	}
	return p.Shown.Sub(moment)
}

func (s *Session) picture(from int, within time.Duration, wanted func(Picture) bool) (p Picture, err error) {
	_, err = s.Viewer.Await("picture", from, within, func(l lab.Line) bool {
		return l.Event == SaidPicture && l.Into(&p) == nil && wanted(p)
	})
	return p, err
}

// Pictures are all that were shown so far.
func (s *Session) Pictures() []Picture {
	var all []Picture
	for _, l := range s.Viewer.Lines() {
		var p Picture
		if l.Event == SaidPicture && l.Into(&p) == nil {
			all = append(all, p)
		}
	}
	return all
}
