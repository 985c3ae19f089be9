package cast

import (
	"flag"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/beistand/beistand/app/lab"
	"github.com/beistand/beistand/session"
)

func TestMain(m *testing.M) {
	Play()
	flag.Parse()
	_ = flag.Set("test.parallel", "4") // the flag is there: most of a lab's time is waiting
	m.Run()
}

// meets checks the way that a session takes, and that pictures keep coming.
func (s *Session) meets(t *testing.T, want string) {
	t.Helper()
	first := s.First()
	path := s.Path()
	if path != want {
		t.Errorf("the path is %s, want %s", path, want)
	}
	s.After(time.Now())
	t.Logf("%s, first picture after %d ms", path, first.Milliseconds())
}

// Each kind of router before the customer against each before the supporter.
// Two machines find a direct way unless one of them has another port for
// everybody and the other answers only whom it has spoken to.
func TestRouters(t *testing.T) {
	t.Parallel()
	h := Open(t, false, nil)
	for i, a := range lab.NATs {
		for _, b := range lab.NATs[i:] {
			want := session.PathDirect
			if b == lab.Symmetric && (a == lab.PortRestricted || a == lab.Symmetric) {
				want = session.PathRelayed
			}
			t.Run(fmt.Sprintf("%s and %s", a, b), func(t *testing.T) {
				t.Parallel()
				h := h.For(t)
				h.Meet(Meeting{
					Customer:  h.Home("customer", lab.HomeConfig{NAT: a}).Machine,
					Supporter: h.Home("supporter", lab.HomeConfig{NAT: b}).Machine,
				}).meets(t, want)
			})
		}
	}
}

// What stands between a machine and the Internet besides routers.
func TestObstacles(t *testing.T) {
	t.Parallel()
	h := Open(t, false, nil)
	deskOnly := netip.AddrPortFrom(h.Server.IPv4, deskPort)
	for name, c := range map[string]struct {
		customer, supporter lab.HomeConfig
		public, atDesk      bool // the supporter is on the Internet itself, or at the desk's machine
		besides             []string
		want                string
	}{
		"UDP blocked before one": {
			customer: lab.HomeConfig{NAT: lab.PortRestricted, BlockUDP: true}, supporter: lab.HomeConfig{NAT: lab.PortRestricted}, want: session.PathRelayed,
		},
		"UDP blocked before both": {
			customer: lab.HomeConfig{NAT: lab.PortRestricted, BlockUDP: true}, supporter: lab.HomeConfig{NAT: lab.PortRestricted, BlockUDP: true}, want: session.PathRelayed,
		},
		"only the desk's HTTPS port before both": {
			customer: lab.HomeConfig{NAT: lab.PortRestricted, Only: deskOnly}, supporter: lab.HomeConfig{NAT: lab.PortRestricted, Only: deskOnly}, want: session.PathRelayed,
		},
		"UDP blocked before one, the other without a router": {
			customer: lab.HomeConfig{NAT: lab.PortRestricted, BlockUDP: true}, public: true, want: session.PathDirect,
		},
		"the supporter sits at the desk's own machine": {customer: lab.HomeConfig{NAT: lab.PortRestricted}, atDesk: true, want: session.PathDirect},
		"loss of 10 % before both": {
			customer: lab.HomeConfig{NAT: lab.PortRestricted, Loss: 10}, supporter: lab.HomeConfig{NAT: lab.FullCone, Loss: 10}, want: session.PathDirect,
		},
		"a far and slow line": {
			customer:  lab.HomeConfig{NAT: lab.PortRestricted, Link: &lab.Link{Delay: 75 * time.Millisecond, Rate: 2e6}},
			supporter: lab.HomeConfig{NAT: lab.PortRestricted}, want: session.PathDirect,
		},
		"servers that never answer": {
			customer: lab.HomeConfig{NAT: lab.PortRestricted}, supporter: lab.HomeConfig{NAT: lab.PortRestricted}, besides: silent, want: session.PathDirect,
		},
		"servers that never answer, relayed": {
			customer: lab.HomeConfig{NAT: lab.Symmetric}, supporter: lab.HomeConfig{NAT: lab.Symmetric}, besides: silent, want: session.PathRelayed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := h.For(t)
			m := Meeting{Customer: h.Home("customer", c.customer).Machine, Besides: c.besides}
			switch {
			case c.public:
				m.Supporter = h.Lab.Server("supporter").Machine
			case c.atDesk:
				m.Supporter = h.Server.Machine
			default:
				m.Supporter = h.Home("supporter", c.supporter).Machine
			}
			h.Meet(m).meets(t, c.want)
		})
	}
}

// silent are servers behind addresses that nobody has.
var silent = []string{
	"stun:46.0.0.1:3478", "turn:46.0.0.1:3478?transport=udp", "turn:46.0.0.1:3478?transport=tcp", "turns:46.0.0.1:443?transport=tcp",
	"stun:45.0.0.250:3478", "turn:45.0.0.250:3478?transport=udp", "turn:[2a02:46::1]:3478?transport=udp",
}

func TestIPv6(t *testing.T) {
	t.Parallel()
	h := Open(t, true, nil)
	six, four := lab.HomeConfig{IPv6: true}, lab.HomeConfig{NAT: lab.PortRestricted}
	for name, c := range map[string]struct {
		supporter     lab.HomeConfig
		supporterDesk string
		relayOnly     bool
		want          string
	}{
		"both have nothing else":                 {supporter: six, want: session.PathDirect},
		"both have nothing else, relayed":        {supporter: six, relayOnly: true, want: session.PathRelayed},
		"one has nothing else, the other IPv4":   {supporter: four, supporterDesk: h.Address(false), want: session.PathRelayed},
		"one has nothing else, UDP blocked":      {supporter: lab.HomeConfig{IPv6: true, BlockUDP: true}, want: session.PathRelayed},
		"one has nothing else, and the port 443": {supporter: lab.HomeConfig{IPv6: true, Only: netip.AddrPortFrom(h.Server.IPv6, deskPort)}, want: session.PathRelayed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := h.For(t)
			h.Meet(Meeting{
				Customer: h.Home("customer", six).Machine, Supporter: h.Home("supporter", c.supporter).Machine,
				SupporterDesk: c.supporterDesk, RelayOnly: c.relayOnly,
			}).meets(t, c.want)
		})
	}
}

// Nothing leaves the customer's network but what its proxy takes out.
func TestOnlyThroughAProxy(t *testing.T) {
	t.Parallel()
	h := Open(t, false, nil)
	for name, c := range map[string]struct {
		secure         bool
		user, password string
		address        string // how the environment names it
	}{
		"open":                       {address: "http://%s"},
		"with a name and a password": {user: "kim", password: "s:cr/t", address: "http://kim:s%%3Acr%%2Ft@%s"},
		"over TLS":                   {secure: true, user: "kim", password: "secret", address: "https://kim:secret@%s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := h.For(t)
			at := h.Lab.Server("proxy")
			listen := netip.AddrPortFrom(at.IPv4, 3128)
			config := Proxy{Listen: listen.String(), User: c.user, Password: c.password}
			trusted := h.Trusted
			if c.secure {
				certificate := lab.Certify(t, at.IPv4)
				config.Chain, config.Key = certificate.Chain, certificate.Key
				trusted = trustBoth(t, h.Trusted, certificate.Authority)
			}
			proxy := at.Play(RoleProxy, config)
			proxy.Event(SaidListening, startTime)
			s := h.Meet(Meeting{
				Customer:    h.Home("customer", lab.HomeConfig{NAT: lab.PortRestricted, Only: listen}).Machine,
				CustomerEnv: []string{"HTTPS_PROXY=" + fmt.Sprintf(c.address, listen), trusted},
				Supporter:   h.Home("supporter", lab.HomeConfig{NAT: lab.PortRestricted}).Machine,
			})
			s.meets(t, session.PathRelayed)
			for _, l := range proxy.Lines() {
				if l.Event == SaidRefused {
					t.Errorf("the proxy has refused: %s", l.Text)
				}
			}
		})
	}
}
