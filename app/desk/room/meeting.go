package room

// meeting passes messages between the two sides of one session. Its goroutine
// owns sides; everybody else speaks with it through the channels.
type meeting struct {
	inside int // guarded by Memory.mu: places that were taken and not left

	join   chan *place
	leave  chan *place
	said   chan said
	ending chan ending   // holds one
	quit   chan struct{} // closed after the last exit

	sides map[string]*place // by role
	over  *ending           // nil until then
}

// ending is why a room lets everybody out.
type ending struct {
	why    Why
	reason string
}

// said is a message that from sent.
type said struct {
	from *place
	data []byte
}

func newMeeting() *meeting {
	return &meeting{
		join: make(chan *place), leave: make(chan *place), said: make(chan said),
		ending: make(chan ending, 1), quit: make(chan struct{}), sides: map[string]*place{},
	}
}

// end makes the end known; a second reason is not needed.
func (m *meeting) end(e ending) {
	select {
	case m.ending <- e:
	default:
	}
}

// run owns the room until everybody has left it. It never waits for a side.
func (m *meeting) run() {
	for {
		select {
		case p := <-m.join:
			m.joined(p)
		case p := <-m.leave:
			m.remove(p, Gone)
		case s := <-m.said:
			if to := m.other(s.from); m.sides[s.from.role] == s.from && to != nil {
				m.send(to, Message{Data: s.data})
			}
		case e := <-m.ending:
			if m.over != nil {
				continue // the first reason stays
			}
			m.over = &e
			for _, p := range m.sides {
				m.bye(p)
			}
		case <-m.quit:
			return
		}
	}
}

// joined lets p in; an older one of the same role gives way to it.
func (m *meeting) joined(p *place) {
	if m.over != nil {
		m.bye(p)
		return
	}
	if old := m.sides[p.role]; old != nil {
		m.remove(old, Replaced)
	}
	m.sides[p.role] = p
	if to := m.other(p); to != nil {
		m.send(to, Message{Event: Joined})
	}
	if m.sides[p.role] == p && m.other(p) != nil {
		m.send(p, Message{Event: Joined})
	}
}

// other is the side that p speaks with; nil when it is not there.
func (m *meeting) other(p *place) *place {
	for role, o := range m.sides {
		if role != p.role {
			return o
		}
	}
	return nil
}

// send never waits: a side that does not keep up is cut off and may come again.
func (m *meeting) send(to *place, msg Message) {
	select {
	case to.out <- msg:
	default:
		to.cut()
		m.remove(to, Replaced)
	}
}

// remove takes p out, if it is still in, and tells the other side.
func (m *meeting) remove(p *place, why Why) {
	if m.sides[p.role] != p {
		return
	}
	delete(m.sides, p.role)
	p.why = why
	close(p.out)
	if to := m.other(p); to != nil {
		m.send(to, Message{Event: Left})
	}
}

// bye tells p the end and lets it go after its last message.
func (m *meeting) bye(p *place) {
	if m.sides[p.role] == p {
		delete(m.sides, p.role)
	}
	p.why = m.over.why
	if p.why == Over {
		select {
		case p.out <- Message{Event: Ended, Reason: m.over.reason}:
		default: // it has enough to read, and why says it too
		}
	}
	close(p.out)
}
