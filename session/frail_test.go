package session

import (
	"context"
	"image"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/pion/turn/v4"

	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/screen/screentest"
)

// frail is a session over a relay and a desk that a test stops and starts.
type frail struct {
	*pair
	server  ICEServer
	running *turn.Server
	desk    *desk
	address string // the desk's
	alter   map[role]func(Room) Room
	took    map[role][]uint32 // guarded by pair.mu
	asked   int
}

// newFrail does not start it. The outage that it endures is short, if any is given.
func newFrail(t *testing.T) *frail {
	t.Helper()
	f := &frail{pair: newPair(t), desk: startDesk(t), alter: map[role]func(Room) Room{}, took: map[role][]uint32{}}
	f.address = f.desk.server.Listener.Addr().String()
	f.server, f.running = relay(t)
	took := func(r role) func(uint32) {
		return func(n uint32) {
			f.mu.Lock()
			f.took[r] = append(f.took[r], n)
			f.mu.Unlock()
			f.tell()
		}
	}
	join := func(r role) func(ctx context.Context) (Room, error) {
		return func(ctx context.Context) (Room, error) {
			conn, _, err := websocket.Dial(ctx, "http://"+f.address+"?who="+strconv.Itoa(int(r)), &websocket.DialOptions{HTTPClient: f.desk.client})
			if err != nil {
				return nil, err
			}
			room, err := rendezvous.Join(ctx, conn)
			if err != nil {
				return nil, err
			}
			if f.alter[r] != nil {
				return f.alter[r](room), nil
			}
			return room, nil
		}
	}
	f.host.ICE, f.viewer.ICE = []ICEServer{f.server}, []ICEServer{f.server}
	f.host.Relay, f.viewer.Relay = true, true
	f.host.seams.took, f.viewer.seams.took = took(host), took(viewer)
	f.host.Rejoin, f.viewer.Rejoin = join(host), join(viewer)
	f.host.Consent = func(ctx context.Context, q Question) (Grant, error) { f.asked++; return yes(ctx, q) }
	return f
}

func (f *frail) begin() {
	f.t.Helper()
	var err error
	if f.host.Room, err = f.host.Rejoin(f.t.Context()); err == nil {
		f.viewer.Room, err = f.viewer.Rejoin(f.t.Context())
	}
	if err != nil {
		f.t.Fatal(err)
	}
	f.start()
	f.sees(picture1)
}

func (f *frail) stopRelay() {
	f.t.Helper()
	if err := f.running.Close(); err != nil {
		f.t.Fatal(err)
	}
}

func (f *frail) startRelay() {
	f.t.Helper()
	_, f.running = relayAt(f.t.(*testing.T), strings.TrimPrefix(f.server.URLs[0], "turn:"))
}

// stopDesk ends the desk as a crash does.
func (f *frail) stopDesk() {
	f.desk.turnsAway(true) // a side may be quicker than the server's end
	f.desk.end("")
	f.desk.server.Close()
}

// startDesk starts another one in its place.
func (f *frail) startDesk() {
	f.t.Helper()
	l, err := net.Listen("tcp", f.address)
	if err != nil {
		f.t.Fatal(err)
	}
	f.desk.server = httptest.NewUnstartedServer(http.HandlerFunc(f.desk.serve))
	f.desk.server.Listener.Close()
	f.desk.server.Listener = l
	f.desk.turnsAway(false)
	f.desk.server.Start()
}

// isBroken waits until both people have been told that it is, or that it goes on.
func (f *frail) isBroken(want bool) {
	f.t.Helper()
	f.until("the interruption's beginning or end", func() bool {
		return (f.last[host].Broken != "") == want && (f.last[viewer].Broken != "") == want
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	for r, e := range f.last {
		if e.Since.IsZero() == want {
			f.t.Errorf("role %d is told %q since %v", r, e.Broken, e.Since)
		}
	}
}

func (f *frail) repaint(seed byte) *image.RGBA {
	p := screentest.Pattern(image.Rect(0, 0, 320, 200), seed)
	f.screen.Paint(p)
	return p
}

// finish stops it and holds both ends against each other.
func (f *frail) finish() {
	f.t.Helper()
	f.stopHost()
	h, v := f.ends()
	h.check(f.t, "host", nil, ByCustomer)
	v.check(f.t, "viewer", nil, ByCustomer)
	if h.end.Frames != v.end.Frames {
		f.t.Errorf("%d pictures were sent, %d shown", h.end.Frames, v.end.Frames)
	}
	if f.asked != 1 {
		f.t.Errorf("the customer was asked %d times", f.asked)
	}
}

// say is the desk's word to both.
func (d *desk) say(words string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sayLocked(words)
}

func (d *desk) inside() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.conns)
}

func (d *desk) turnsAway(down bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.down = down
}
