package session

import (
	"context"
	"errors"
	"image"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/pion/turn/v4"

	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/screen/screentest"
)

// desk is a small one: a room for two, over real WebSockets.
type desk struct {
	t      *testing.T
	server *httptest.Server
	client *http.Client

	mu    sync.Mutex // guards what follows and writes to them
	down  bool       // who comes in nevertheless is turned away
	conns []*websocket.Conn
	roles map[string]*websocket.Conn // of those who say who they are
}

func startDesk(t *testing.T) *desk {
	t.Helper()
	transport := &http.Transport{}
	d := &desk{t: t, roles: map[string]*websocket.Conn{}, client: &http.Client{Transport: transport}}
	d.server = httptest.NewServer(http.HandlerFunc(d.serve))
	t.Cleanup(func() { d.server.Close(); transport.CloseIdleConnections() })
	return d
}

func (d *desk) serve(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		d.t.Errorf("accept: %v", err)
		return
	}
	defer conn.CloseNow()
	conn.SetReadLimit(64 << 10)
	d.mu.Lock()
	if d.down {
		d.mu.Unlock()
		return
	}
	if who := r.URL.Query().Get("who"); who != "" { // a newer connection takes the older one's place
		if old := d.roles[who]; slices.Contains(d.conns, old) {
			d.conns = slices.DeleteFunc(d.conns, func(c *websocket.Conn) bool { return c == old })
			d.sayLocked(`{"event":"peer-left"}`)
			go old.CloseNow()
		}
		d.roles[who] = conn
	}
	d.conns = append(d.conns, conn)
	if len(d.conns) == 2 {
		d.sayLocked(`{"event":"peer-joined"}`)
	}
	d.mu.Unlock()
	for {
		kind, message, err := conn.Read(context.Background()) // the connection's end ends it
		if err != nil {
			d.mu.Lock()
			if slices.Contains(d.conns, conn) {
				d.conns = slices.DeleteFunc(d.conns, func(c *websocket.Conn) bool { return c == conn })
				d.sayLocked(`{"event":"peer-left"}`)
			}
			d.mu.Unlock()
			return
		}
		d.mu.Lock()
		for _, to := range d.conns {
			if to != conn {
				to.Write(context.Background(), kind, message)
			}
		}
		d.mu.Unlock()
	}
}

func (d *desk) sayLocked(words string) {
	for _, c := range d.conns {
		c.Write(context.Background(), websocket.MessageText, []byte(words))
	}
}

// end is what a desk does when it ends a session, or itself.
func (d *desk) end(words string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if words != "" {
		d.sayLocked(words)
	}
	for _, c := range d.conns {
		c.CloseNow()
	}
}

func (d *desk) room() Room {
	d.t.Helper()
	conn, _, err := websocket.Dial(d.t.Context(), d.server.URL, &websocket.DialOptions{HTTPClient: d.client})
	if err != nil {
		d.t.Fatal(err)
	}
	room, err := rendezvous.Join(d.t.Context(), conn)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { room.Close() })
	return room
}

var picture1 = screentest.Pattern(image.Rect(0, 0, 320, 200), 1)

func TestThroughADesk(t *testing.T) {
	d := startDesk(t)
	p := newPair(t)
	p.host.Room, p.viewer.Room = d.room(), d.room()
	p.start()
	p.sees(picture1)

	// The desk goes; the two machines do not care.
	d.end(`{"event":"ended","reason":"stopping"}`)
	another := screentest.Pattern(image.Rect(0, 0, 320, 200), 2)
	p.screen.Paint(another)
	p.sees(another)

	p.stopHost() // and the goodbye needs no desk
	h, v := p.ends()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
}

func TestDeskEndsBefore(t *testing.T) {
	for name, test := range map[string]struct {
		words string
		want  error
		by    string
	}{
		"ended":   {`{"event":"ended","reason":"closed"}`, ErrDesk, ByDesk},
		"expired": {`{"event":"ended","reason":"expired"}`, ErrExpired, ByDesk},
		"gone":    {"", ErrDesk, ByNetwork},
	} {
		t.Run(name, func(t *testing.T) {
			d := startDesk(t)
			p := newPair(t)
			p.host.Room, p.viewer.Room = d.room(), d.room()
			p.host.Consent = silent
			p.start()
			p.until("the question", func() bool {
				return slices.Contains(p.phases[host], PhaseConsent) && slices.Contains(p.phases[viewer], PhaseConsent)
			})
			d.end(test.words)
			h, v := p.ends()
			for who, r := range map[string]result{"host": h, "viewer": v} {
				if test.words == "" && errors.Is(r.err, ErrPeerLeft) {
					continue // the second to lose the desk heard that the first had left
				}
				want, by := test.want, test.by
				if errors.Is(r.err, ErrDesk) && r.end.By == ByNetwork {
					want, by = ErrDesk, ByNetwork // it was just sending: the way broke before the words were read
				}
				r.check(t, who, want, by)
			}
		})
	}
}

// relay is a TURN server on loopback.
func relay(t testing.TB) (ICEServer, *turn.Server) {
	t.Helper()
	return relayAt(t, "127.0.0.1:0")
}

func relayAt(t testing.TB, address string) (ICEServer, *turn.Server) {
	t.Helper()
	return relayOver(t, address, func(c net.PacketConn) net.PacketConn { return c })
}

// relayOver is a relay whose clients reach it over another network than the machine's own.
func relayOver(t testing.TB, address string, over func(net.PacketConn) net.PacketConn) (ICEServer, *turn.Server) {
	t.Helper()
	conn, err := net.ListenPacket("udp4", address)
	if err != nil {
		t.Fatal(err)
	}
	server, err := turn.NewServer(turn.ServerConfig{
		Realm: "test",
		AuthHandler: func(user, realm string, _ net.Addr) ([]byte, bool) {
			return turn.GenerateAuthKey(user, realm, "secret"), user == "user"
		},
		PacketConnConfigs: []turn.PacketConnConfig{{
			PacketConn:            over(conn),
			RelayAddressGenerator: &turn.RelayAddressGeneratorStatic{RelayAddress: net.IPv4(127, 0, 0, 1), Address: "127.0.0.1"},
			PermissionHandler:     func(net.Addr, net.IP) bool { return true }, // loopback is all there is
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() }) // a second time is an error of no interest
	return ICEServer{URLs: []string{"turn:" + conn.LocalAddr().String()}, Username: "user", Credential: "secret"}, server
}

// Through the relay only, and noticed within bounded time when that goes.
func TestRelayed(t *testing.T) {
	t.Parallel()
	server, running := relay(t)
	p := newPair(t)
	old := server
	old.Credential = "it has run out meanwhile"
	p.host.ICE, p.host.Relay = []ICEServer{old}, true
	p.host.FreshICE = func(context.Context) ([]ICEServer, error) { return []ICEServer{server}, nil }
	p.viewer.ICE, p.viewer.Relay = []ICEServer{server}, true
	p.viewer.FreshICE = func(context.Context) ([]ICEServer, error) { return nil, errors.New("the desk is away") }
	p.host.outage, p.viewer.outage = 3*time.Second, 3*time.Second
	p.start()
	p.sees(picture1)
	p.until("both to know of the relay", func() bool { return p.paths[host] == PathRelayed && p.paths[viewer] == PathRelayed })
	if err := running.Close(); err != nil {
		t.Fatal(err)
	}
	h, v := p.ends()
	for who, r := range map[string]result{"host": h, "viewer": v} {
		r.check(t, who, ErrConnectionLost, ByNetwork)
	}
}

// Two machines without a way to each other: both are told, in bounded time.
func TestNoWay(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.viewer.Relay = true // but there is no relay
	p.start()
	h, v := p.ends()
	h.check(t, "host", ErrNoConnection, ByNetwork)
	v.check(t, "viewer", ErrNoConnection, ByNetwork)
}
