package desk

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pion/logging"
	"github.com/pion/turn/v4"

	"github.com/beistand/beistand/app/api"
)

const (
	relayRealm      = "beistand"
	relayTTL        = 8 * time.Hour // a working day; a session's end makes its credentials worthless before
	relayPerSession = 16            // allocations: two sides, UDP and TCP, some addresses each
	relayTotal      = 512
)

// relay is TURN (RFC 8656) for the sessions of this desk and nobody else.
type relay struct {
	packets  net.PacketConn
	streams  *streams
	public   netip.Addr
	listenIP netip.Addr
	filter   peerFilter
	min, max uint16
	secret   []byte // new with every start
	now      func() time.Time
	server   *turn.Server

	mu      sync.Mutex // guards what follows
	live    map[string]bool
	sockets map[netip.AddrPort]*relaySocket // by relayed address
}

// newRelay opens the sockets; nothing is answered before serve.
func newRelay(cfg Config) (*relay, error) {
	r := &relay{
		public: cfg.RelayPublicIP.Unmap(), min: cfg.RelayMinPort, max: cfg.RelayMaxPort, secret: make([]byte, 32),
		now: cfg.seams.now, live: map[string]bool{}, sockets: map[netip.AddrPort]*relaySocket{},
	}
	r.filter = peerFilter{allow: cfg.RelayAllow}
	rand.Read(r.secret) // never fails (crypto/rand)
	listener, conn, err := listenBoth(cfg.RelayListen)
	if err != nil {
		return nil, fmt.Errorf("relay: %w", err)
	}
	r.packets, r.streams = packets{conn}, newStreams(listener)
	r.listenIP = listener.Addr().(*net.TCPAddr).AddrPort().Addr().Unmap()
	if !r.public.IsValid() && !r.listenIP.IsUnspecified() {
		r.public = r.listenIP
	}
	if !r.public.Is4() {
		return nil, errors.Join(
			fmt.Errorf("relay on %q: the IPv4 address that clients reach it by has to be given", cfg.RelayListen), r.close())
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

// serve starts answering; close ends it.
func (r *relay) serve() (err error) {
	r.server, err = turn.NewServer(turn.ServerConfig{
		Realm:       relayRealm,
		AuthHandler: r.authenticate,
		QuotaHandler: func(user, _ string, _ net.Addr) bool {
			_, session := r.parse(user)
			return r.admits(session)
		},
		EventHandler: turn.EventHandler{OnAllocationCreated: func(_, _ net.Addr, _, user, _ string, relayed net.Addr, _ int) {
			_, session := r.parse(user)
			r.assign(relayed, session)
		}},
		PacketConnConfigs: []turn.PacketConnConfig{{
			PacketConn: r.packets, RelayAddressGenerator: relayPorts{r}, PermissionHandler: r.permit,
		}},
		ListenerConfigs: []turn.ListenerConfig{{
			Listener: r.streams, RelayAddressGenerator: relayPorts{r}, PermissionHandler: r.permit,
		}},
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

// credentials are for one side of one session, in the form of
// draft-uberti-behave-turn-rest: the user name carries the end of their time,
// the password is a MAC over it.
func (r *relay) credentials(session, role string, now time.Time) api.ICE {
	r.mu.Lock()
	r.live[session] = true
	r.mu.Unlock()
	user := strconv.FormatInt(now.Add(relayTTL).Unix(), 10) + ":" + session + ":" + role
	at := netip.AddrPortFrom(r.public, uint16(r.packets.LocalAddr().(*net.UDPAddr).Port)).String()
	return api.ICE{TTLSeconds: int(relayTTL / time.Second), Servers: []api.ICEServer{
		{URLs: []string{"stun:" + at}},
		{URLs: []string{"turn:" + at + "?transport=udp", "turn:" + at + "?transport=tcp"}, Username: user, Credential: r.password(user)},
	}}
}

func (r *relay) password(user string) string {
	mac := hmac.New(sha1.New, r.secret)
	mac.Write([]byte(user))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// parse takes a user name apart; expires is zero when it is not one of ours.
func (r *relay) parse(user string) (expires time.Time, session string) {
	parts := strings.Split(user, ":")
	if len(parts) != 3 {
		return time.Time{}, ""
	}
	sec, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || sec <= 0 {
		return time.Time{}, ""
	}
	return time.Unix(sec, 0), parts[1]
}

// authenticate gives the key that a request has to be signed with; every kind of request comes here.
func (r *relay) authenticate(user, realm string, _ net.Addr) ([]byte, bool) {
	expires, session := r.parse(user)
	if !expires.After(r.now()) || !r.alive(session) {
		return nil, false
	}
	return turn.GenerateAuthKey(user, realm, r.password(user)), true
}

func (r *relay) alive(session string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.live[session]
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

// permit says whether an allocation may speak with peer at all.
func (r *relay) permit(_ net.Addr, peer net.IP) bool {
	a, ok := netip.AddrFromSlice(peer)
	return ok && (a.Unmap() == r.public || r.filter.admits(a))
}
