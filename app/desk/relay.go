package desk

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/beistand/beistand/app/desk/internet"
	"github.com/pion/logging"
	"github.com/pion/turn/v4"
)

const (
	relayRealm      = "beistand"
	relayPerSession = 16 // allocations: two sides, UDP and TCP, some addresses each
	relayTotal      = 4096
	relaySilence    = 3 * time.Second // after it an allocation makes room for another of its session
)

// relay is TURN (RFC 8656) for the sessions of this desk and nobody else.
type relay struct {
	packets  []*packets // on one port
	streams  *streams
	secure   *streams   // behind the desk's own TLS; nil: there is none
	public   netip.Addr // of relayed sockets, and what clients reach the relay by
	public6  netip.Addr // what clients with IPv6 reach it by, too; may be invalid
	listenIP netip.Addr
	filter   internet.Filter
	min, max uint16
	rate     int64  // a session's, bytes a second
	secret   []byte // of the desk, so that credentials survive a restart
	now      func() time.Time
	server   *turn.Server
	ballast  []byte // relayBallast

	mu      sync.Mutex                      // guards what follows
	live    map[string]*quota               // open sessions
	sockets map[netip.AddrPort]*relaySocket // by relayed address
	clients map[string]*relaySocket         // by the client's end
}

// newRelay opens the sockets; nothing is answered before serve.
func newRelay(cfg Config) (*relay, error) {
	r := &relay{
		public: cfg.RelayPublicIP.Unmap(), public6: cfg.RelayPublicIP6, min: cfg.RelayMinPort, max: cfg.RelayMaxPort, rate: cfg.RelayRate, now: cfg.seams.now,
		live: map[string]*quota{}, sockets: map[netip.AddrPort]*relaySocket{}, clients: map[string]*relaySocket{},
		filter: internet.Filter{Allow: cfg.RelayAllow}, ballast: make([]byte, relayBallast),
	}
	var err error
	if r.secret, err = deskSecret(cfg.Dir, "relay"); err != nil {
		return nil, err
	}
	listener, conns, err := listenBoth(cfg.RelayListen)
	if err != nil {
		return nil, fmt.Errorf("relay: %w", err)
	}
	for _, conn := range conns {
		roomy(conn, 4<<20) // many clients' packets
		r.packets = append(r.packets, newPackets(conn, r.relayFamily))
	}
	r.streams = newStreams(listener, r.relayFamily)
	r.listenIP = listener.Addr().(*net.TCPAddr).AddrPort().Addr().Unmap()
	if !r.public.IsValid() && !r.listenIP.IsUnspecified() {
		r.public = r.listenIP
	}
	if r.public6.IsValid() && r.listenIP.Is4() {
		return nil, errors.Join(
			fmt.Errorf("relay on %q: it does not listen on IPv6; \":PORT\" does on both", cfg.RelayListen), r.close())
	}
	if !r.public.IsValid() {
		r.public, r.public6 = r.public6, netip.Addr{} // a machine without IPv4
	}
	if !r.public.IsValid() {
		return nil, errors.Join(
			fmt.Errorf("relay on %q: the address that clients reach it by has to be given", cfg.RelayListen), r.close())
	}
	return r, nil
}

// overTLS gives what takes connections that speak TURN inside of TLS.
func (r *relay) overTLS() func(net.Conn) {
	h := newHanded(r.streams.Addr())
	r.secure = newStreams(h, r.relayFamily)
	return func(conn net.Conn) { h.hand(markTLS(conn)) }
}

// serve starts answering; close ends it.
func (r *relay) serve() (err error) {
	var readers []turn.PacketConnConfig
	for _, p := range r.packets {
		readers = append(readers, turn.PacketConnConfig{PacketConn: p, RelayAddressGenerator: relayPorts{r}, PermissionHandler: r.permit})
	}
	listeners := []turn.ListenerConfig{{Listener: r.streams, RelayAddressGenerator: relayPorts{r}, PermissionHandler: r.permit}}
	if r.secure != nil {
		listeners = append(listeners, turn.ListenerConfig{Listener: r.secure, RelayAddressGenerator: relayPorts{r}, PermissionHandler: r.permit})
	}
	r.server, err = turn.NewServer(turn.ServerConfig{
		Realm:       relayRealm,
		AuthHandler: r.authenticate,
		QuotaHandler: func(user, _ string, _ net.Addr) bool {
			_, session := r.parse(user)
			return r.admits(session)
		},
		EventHandler: turn.EventHandler{OnAllocationCreated: func(client, _ net.Addr, _, user, _ string, relayed net.Addr, _ int) {
			r.assign(client, user, relayed)
		}},
		PacketConnConfigs: readers,
		ListenerConfigs:   listeners,
		// Its log would name users; what matters of it is in the answers.
		LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled},
	})
	if err != nil {
		return fmt.Errorf("relay: %w", err)
	}
	return nil
}

// close ends every allocation and connection.
func (r *relay) close() error {
	var err error
	if r.server != nil {
		err = r.server.Close() // its sockets and listeners
	} else {
		err = errors.Join(closeAll(r.packets), r.streams.Close())
		if r.secure != nil {
			err = errors.Join(err, r.secure.Close())
		}
	}
	r.mu.Lock()
	var open []*relaySocket
	for _, s := range r.sockets {
		open = append(open, s)
	}
	r.mu.Unlock()
	for _, s := range open {
		err = errors.Join(err, s.Close())
	}
	return err
}

// sessions are those that it relays for.
func (r *relay) sessions() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Keys(r.live))
}

// drop makes a session's credentials worthless and cuts what goes through them.
func (r *relay) drop(session string) {
	r.mu.Lock()
	delete(r.live, session)
	var open []*relaySocket
	for _, s := range r.sockets {
		if s.session == session {
			open = append(open, s)
		}
	}
	r.mu.Unlock()
	for _, s := range open {
		_ = s.Close() // a UDP socket; there is nothing left to lose
	}
}
