package peer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/pion/ice/v2"
	"github.com/pion/logging"
	"github.com/pion/stun"
	"github.com/pion/transport/v2/stdnet"
	"github.com/pion/webrtc/v3"
)

// dialTimeout bounds the way to a TURN server over TCP or TLS.
const dialTimeout = 10 * time.Second

func setUp(config Config, sockets *sockets) (*webrtc.API, webrtc.ICETransportPolicy, []webrtc.ICEServer, error) {
	policy := webrtc.ICETransportPolicyAll
	if config.RelayOnly {
		policy = webrtc.ICETransportPolicyRelay
	}
	relays := relayDialer{tls: map[string]bool{}, sockets: sockets}
	var servers []webrtc.ICEServer
	for _, s := range config.Servers {
		if urls := relays.usable(s.URLs); len(urls) > 0 {
			servers = append(servers, webrtc.ICEServer{URLs: urls, Username: s.Username, Credential: s.Credential})
		}
	}
	network, err := stdnet.NewNet()
	if err != nil {
		return nil, policy, nil, fmt.Errorf("list the network interfaces: %w", err)
	}

	var s webrtc.SettingEngine
	s.LoggerFactory = &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled}
	s.SetNet(filteredNet{network, sockets})
	s.SetICEProxyDialer(relays)
	s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6})
	s.DisableActiveTCP(true)
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	s.SetIncludeLoopbackCandidate(true) // both programs on one machine, without any network
	s.SetICETimeouts(disconnectedAfter, failedAfter, keepAlive)
	s.SetSCTPMaxReceiveBufferSize(1 << 20)
	return webrtc.NewAPI(webrtc.WithSettingEngine(s)), policy, servers, nil
}

// relayDialer reaches TURN servers over TCP and TLS. pion would do both by
// itself; then nothing stood between the server's words and its parser.
type relayDialer struct {
	tls   map[string]bool // addresses that are spoken to over TLS
	roots *x509.CertPool  // nil is the system's

	sockets *sockets
}

// usable leaves out TURN over DTLS, whose messages could not be filtered, and
// what is no ICE server's address.
func (d relayDialer) usable(urls []string) []string {
	var kept []string
	for _, u := range urls {
		uri, err := parseURI(u)
		if err != nil {
			continue
		}
		if uri.secure {
			if !uri.tcp {
				continue
			}
			d.tls[uri.address] = true
		}
		kept = append(kept, u)
	}
	return kept
}

// Dial is golang.org/x/net/proxy's Dialer.
func (d relayDialer) Dial(network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(d.sockets.life, dialTimeout)
	defer cancel()
	conn, err := d.dial(ctx, network, address)
	if err != nil {
		return nil, fmt.Errorf("reach the relay %q: %w", address, err)
	}
	if err := d.sockets.keep(conn); err != nil {
		return nil, err
	}
	return &filteredStream{Conn: conn, sockets: d.sockets}, nil
}

func (d relayDialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if !d.tls[address] {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	dialer := tls.Dialer{Config: &tls.Config{ServerName: host, RootCAs: d.roots, MinVersion: tls.VersionTLS12}}
	return dialer.DialContext(ctx, network, address)
}

type serverURI struct {
	secure, tcp bool
	address     string // host and port, as pion puts them together
}

func parseURI(u string) (serverURI, error) {
	uri, err := stun.ParseURI(u)
	if err != nil {
		return serverURI{}, fmt.Errorf("read the server's address %q: %w", u, err)
	}
	return serverURI{
		secure:  strings.HasSuffix(strings.ToLower(uri.Scheme.String()), "s"),
		tcp:     strings.EqualFold(uri.Proto.String(), "tcp"),
		address: fmt.Sprintf("%s:%d", uri.Host, uri.Port),
	}, nil
}
