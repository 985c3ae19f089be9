package peer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"time"

	"github.com/pion/ice/v2"
	"github.com/pion/interceptor"
	"github.com/pion/logging"
	"github.com/pion/transport/v2/stdnet"
	"github.com/pion/webrtc/v3"

	"github.com/beistand/beistand/session/tunnel"
)

// dialTimeout bounds the way to a TURN server over TCP or TLS.
const dialTimeout = 10 * time.Second

func setUp(config Config, sockets *sockets, media *media) (*webrtc.API, webrtc.ICETransportPolicy, []webrtc.ICEServer, error) {
	policy := webrtc.ICETransportPolicyAll
	if config.RelayOnly {
		policy = webrtc.ICETransportPolicyRelay
	}
	known := &servers{}
	var list []webrtc.ICEServer
	for _, s := range config.Servers {
		if urls := known.usable(s.URLs); len(urls) > 0 {
			list = append(list, webrtc.ICEServer{URLs: urls, Username: s.Username, Credential: s.Credential})
		}
	}
	network, err := stdnet.NewNet()
	if err != nil {
		return nil, policy, nil, fmt.Errorf("list the network interfaces: %w", err)
	}

	engine, err := media.engine()
	if err != nil {
		return nil, policy, nil, fmt.Errorf("describe media: %w", err)
	}

	var s webrtc.SettingEngine
	s.BufferFactory = media.open
	s.SetSRTPReplayProtectionWindow(replayWindow)
	s.SetSRTCPReplayProtectionWindow(replayWindow)
	s.LoggerFactory = &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled}
	s.SetNet(filteredNet{network, known, sockets})
	s.SetICEProxyDialer(relayDialer{servers: known, sockets: sockets})
	types := []webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6}
	if !config.RelayOnly && sockets.listen() == nil { // without a port to listen on, the other ways remain
		types = append(types, webrtc.NetworkTypeTCP4, webrtc.NetworkTypeTCP6)
		s.SetICETCPMux(sockets.streams)
	}
	s.SetNetworkTypes(types)
	s.DisableActiveTCP(true)                               // it would read unfiltered: streams connects, too
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled) // names finds what the other side's names stand for
	s.SetSrflxAcceptanceMinWait(directWait)
	s.SetPrflxAcceptanceMinWait(directWait)
	if config.RelayOnly { // nothing better can come
		s.SetRelayAcceptanceMinWait(0)
	} else {
		s.SetRelayAcceptanceMinWait(relayWait)
	}
	s.SetIncludeLoopbackCandidate(true) // both programs on one machine, without any network
	s.SetICETimeouts(disconnectedAfter, failedAfter, keepAlive)
	s.SetSCTPMaxReceiveBufferSize(1 << 20)
	nothing := webrtc.WithInterceptorRegistry(&interceptor.Registry{}) // what they would do for media is done here
	return webrtc.NewAPI(webrtc.WithSettingEngine(s), webrtc.WithMediaEngine(engine), nothing), policy, list, nil
}

// replayWindow is by how many packets one may be late.
const replayWindow = 1024

// How long a pair of addresses that works waits for a better one to be found:
// one that a router has made for one that is in the same network, and one
// through a relay for any that is direct. What is chosen stays.
const (
	directWait = 300 * time.Millisecond
	relayWait  = time.Second
)

// relayDialer reaches TURN servers over TCP and TLS, through a proxy where the
// environment names one. pion would do without the proxy by itself; then
// nothing stood between the server's words and its parser.
type relayDialer struct {
	roots   *x509.CertPool // nil is the system's
	servers *servers
	sockets *sockets
}

// Dial is golang.org/x/net/proxy's Dialer.
func (d relayDialer) Dial(_, address string) (net.Conn, error) {
	found, port, err := d.servers.find(address)
	if err != nil {
		return nil, fmt.Errorf("reach the relay: %w", err)
	}
	ctx, cancel := context.WithTimeout(d.sockets.life, dialTimeout)
	defer cancel()
	conn, err := d.dial(ctx, found, net.JoinHostPort(found.host, port))
	if err != nil {
		return nil, fmt.Errorf("reach the relay %q: %w", found.host, err)
	}
	if err := d.sockets.keep(conn); err != nil {
		return nil, err
	}
	shallow(conn)
	if ip, err := netip.ParseAddr(found.host); err == nil { // a proxy's would be somebody else's
		d.sockets.relays.know(ip)
	}
	return &filteredStream{Conn: conn, sockets: d.sockets}, nil
}

func (d relayDialer) dial(ctx context.Context, to server, address string) (net.Conn, error) {
	config := &tls.Config{ServerName: to.host, RootCAs: d.roots, MinVersion: tls.VersionTLS12}
	conn, err := tunnel.Dial(ctx, address, tunnel.Proxy(address), config)
	if err != nil || !to.secure {
		return conn, err
	}
	secure := tls.Client(conn, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return secure, nil
}
