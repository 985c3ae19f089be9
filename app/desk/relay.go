package desk

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

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
	packets  net.PacketConn
	streams  *streams
	secure   *streams   // behind the desk's own TLS; nil: there is none
	public   netip.Addr // of relayed sockets, and what clients reach the relay by
	public6  netip.Addr // what clients with IPv6 reach it by, too; may be invalid
	listenIP netip.Addr
	filter   peerFilter
	min, max uint16
	rate     int64  // a session's, bytes a second
	secret   []byte // of the desk, so that credentials survive a restart
	now      func() time.Time
	server   *turn.Server

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
		filter: peerFilter{allow: cfg.RelayAllow},
	}
	var err error
	if r.secret, err = deskSecret(cfg.Dir, "relay"); err != nil {
		return nil, err
	}
	listener, conn, err := listenBoth(cfg.RelayListen)
	if err != nil {
		return nil, fmt.Errorf("relay: %w", err)
	}
	roomy(conn, 4<<20) // everybody's packets
	r.packets, r.streams = packets{conn, r.relayFamily}, newStreams(listener, r.relayFamily)
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

// listenBoth opens one port for TCP and UDP, also when the system chooses it.
func listenBoth(addr string) (net.Listener, net.PacketConn, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, nil, err
	}
	for try := 1; ; try++ {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			return nil, nil, err
		}
		conn, err := net.ListenPacket("udp", net.JoinHostPort(host, strconv.Itoa(l.Addr().(*net.TCPAddr).Port)))
		if err == nil {
			return l, conn, nil
		}
		if err = errors.Join(err, l.Close()); port != "0" || try == 10 {
			return nil, nil, err
		}
	}
}

// overTLS gives what takes connections that speak TURN inside of TLS.
func (r *relay) overTLS() func(net.Conn) {
	h := newHanded(r.streams.Addr())
	r.secure = newStreams(h, r.relayFamily)
	return func(conn net.Conn) { h.hand(markTLS(conn)) }
}

// roomy lets a socket hold what comes while the relay is busy, in bytes. The
// system gives as much as it will (net.core.rmem_max); less is lost sooner.
func roomy(conn net.PacketConn, size int) {
	if u, ok := conn.(*net.UDPConn); ok {
		_ = u.SetReadBuffer(size)
		_ = u.SetWriteBuffer(size)
	}
}

// serve starts answering; close ends it.
func (r *relay) serve() (err error) {
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
		PacketConnConfigs: []turn.PacketConnConfig{{
			PacketConn: r.packets, RelayAddressGenerator: relayPorts{r}, PermissionHandler: r.permit,
		}},
		ListenerConfigs: listeners,
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
		err = r.server.Close() // the two sockets
	} else {
		err = errors.Join(r.packets.Close(), r.streams.Close())
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
