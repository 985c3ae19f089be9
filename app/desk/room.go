package desk

import (
	"encoding/json"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
)

// room passes messages between the two sides of one session. Its goroutine
// owns sides; everybody else speaks with it through the channels.
type room struct {
	inside int // guarded by rooms.mu: connections that entered and did not exit

	join   chan *side
	leave  chan *side
	frames chan frame
	ending chan ending   // holds one
	quit   chan struct{} // closed after the last exit

	sides map[string]*side // by role
	over  *ending          // nil until then
}

// ending is why a room lets everybody out.
type ending struct {
	stops  bool // the desk does; the session stays open and the sides may come again
	reason string
}

// frame is a message that from sent.
type frame struct {
	from *side
	data []byte
}

// side is one connection. The room alone sends to out and closes it.
type side struct {
	role   string
	out    chan message
	status websocket.StatusCode // set before out is closed: why
	cut    func()               // ends the connection at once; safe from any goroutine
}

// message is what a side is sent; typ tells the desk's words from the other side's.
type message struct {
	typ  websocket.MessageType
	data []byte
}

func newRoom() *room {
	return &room{
		join: make(chan *side), leave: make(chan *side), frames: make(chan frame),
		ending: make(chan ending, 1), quit: make(chan struct{}), sides: map[string]*side{},
	}
}

// end makes the room's end known; a second reason is not needed.
func (m *room) end(e ending) {
	select {
	case m.ending <- e:
	default:
	}
}

// run owns the room until everybody has left it. It never waits for a side.
func (m *room) run() {
	for {
		select {
		case s := <-m.join:
			m.joined(s)
		case s := <-m.leave:
			m.remove(s)
		case f := <-m.frames:
			if to := m.other(f.from); m.sides[f.from.role] == f.from && to != nil {
				m.send(to, message{websocket.MessageBinary, f.data})
			}
		case e := <-m.ending:
			m.over = &e
			for _, s := range m.sides {
				m.bye(s)
			}
		case <-m.quit:
			return
		}
	}
}

// joined lets s in; an older connection of the same role gives way to it.
func (m *room) joined(s *side) {
	if m.over != nil {
		m.bye(s)
		return
	}
	if old := m.sides[s.role]; old != nil {
		m.remove(old)
	}
	m.sides[s.role] = s
	if to := m.other(s); to != nil {
		m.send(to, event(api.RoomPeerJoined, ""))
	}
	if m.sides[s.role] == s && m.other(s) != nil {
		m.send(s, event(api.RoomPeerJoined, ""))
	}
}

// other is the side that s speaks with; nil when it is not there.
func (m *room) other(s *side) *side {
	for role, o := range m.sides {
		if role != s.role {
			return o
		}
	}
	return nil
}

// send never waits: a side that does not keep up is cut off and may come again.
func (m *room) send(to *side, msg message) {
	select {
	case to.out <- msg:
	default:
		to.cut()
		m.remove(to)
	}
}

// remove takes s out, if it is still in, and tells the other side.
func (m *room) remove(s *side) {
	if m.sides[s.role] != s {
		return
	}
	delete(m.sides, s.role)
	s.status = websocket.StatusPolicyViolation // a newer connection took its place, or it did not keep up
	close(s.out)
	if to := m.other(s); to != nil {
		m.send(to, event(api.RoomPeerLeft, ""))
	}
}

// bye tells s the end and lets it go after its last message.
func (m *room) bye(s *side) {
	if m.sides[s.role] == s {
		delete(m.sides, s.role)
	}
	s.status = websocket.StatusGoingAway
	if !m.over.stops {
		s.status = websocket.StatusNormalClosure
		select {
		case s.out <- event(api.RoomEnded, m.over.reason):
		default: // it has enough to read, and the closing says it too
		}
	}
	close(s.out)
}

func event(kind, reason string) message {
	b, err := json.Marshal(api.RoomEvent{Event: kind, Reason: reason})
	if err != nil { // two strings
		panic(err)
	}
	return message{websocket.MessageText, b}
}
