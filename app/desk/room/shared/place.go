package shared

import (
	"fmt"

	"github.com/beistand/beistand/app/desk/room"
	"github.com/beistand/beistand/app/desk/store/db"
)

// place is one side's, which is at this desk.
type place struct {
	id  string
	out chan room.Message
	cut func()
	of  *Rooms

	closed bool     // guarded by Rooms.mu
	why    room.Why // set before out is closed
}

// Messages is part of room.Place.
func (p *place) Messages() <-chan room.Message { return p.out }

// Why is part of room.Place.
func (p *place) Why() room.Why { return p.why }

// Send is part of room.Place. It returns when the message is in the database.
func (p *place) Send(data []byte) error {
	if len(data) > room.MaxMessage {
		return room.ErrTooLong
	}
	p.of.mu.Lock()
	closed := p.closed
	p.of.mu.Unlock()
	if closed {
		return nil
	}
	if err := p.of.do("room_send(?, ?, ?)", p.id, data, backlog); err != nil {
		return fmt.Errorf("say in room: %w", err)
	}
	return nil
}

// Leave is part of room.Place. What the database does not learn now, the next
// beats tell it.
func (p *place) Leave() {
	p.of.mu.Lock()
	p.close(room.Gone)
	p.of.mu.Unlock()
	if err := p.of.do("room_leave(?, ?)", p.id, db.Micros(p.of.cfg.Now())); err != nil {
		p.of.cfg.Log.Printf("rooms: leave: %v", err)
	}
	p.of.forget(p)
}

// close ends the side's messages, once. Rooms.mu is held.
func (p *place) close(why room.Why) {
	if p.closed {
		return
	}
	p.closed, p.why = true, why
	close(p.out)
}

// give hands the side a message and says whether it keeps up. Rooms.mu is held.
func (p *place) give(m room.Message) bool {
	if p.closed {
		return true
	}
	select {
	case p.out <- m:
		return true
	default:
		p.cut()
		p.close(room.Replaced)
		return false
	}
}
