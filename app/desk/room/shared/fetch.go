package shared

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/app/desk/room"
	"github.com/beistand/beistand/app/desk/store/db"
)

// message is one that waited in the database.
type message struct {
	id           int64 // in the order in which a room's were said
	place        string
	what, reason string
	data         []byte
}

// fetching gives this desk's sides what waits for them, whenever there may be something.
func (r *Rooms) fetching(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		}
		for more := true; more; {
			all, err := r.fetch(ctx)
			if err != nil && ctx.Err() == nil {
				// Messages may be lost on the way: the sides come again, and say theirs again.
				r.cfg.Log.Printf("rooms: %v", err)
				r.cutAll()
			}
			for _, m := range all {
				r.deliver(m)
			}
			more = len(all) == atOnce
		}
	}
}

// fetch takes messages out of the database.
func (r *Rooms) fetch(ctx context.Context) ([]message, error) {
	rows, err := r.cfg.DB.QueryContext(ctx, `DELETE FROM room_messages WHERE id IN
		(SELECT id FROM room_messages WHERE desk = ? ORDER BY id LIMIT ?) RETURNING id, place, what, reason, data`, r.desk, atOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []message
	for rows.Next() {
		var m message
		if err := rows.Scan(&m.id, &m.place, &m.what, &m.reason, &m.data); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b message) int { return cmp.Compare(a.id, b.id) })
	return all, rows.Err()
}

// deliver gives a message to whom it is for, if that one has not left.
func (r *Rooms) deliver(m message) {
	if r.hand(m) {
		return
	}
	if err := r.do("room_out(?)", m.place); err != nil { // it is cut: its Leave follows
		r.cfg.Log.Printf("rooms: take out a slow side: %v", err)
	}
}

// hand is deliver but for telling the other side that this one does not keep up.
func (r *Rooms) hand(m message) (keeps bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.places[m.place]
	if p == nil {
		return true
	}
	switch m.what {
	case "data":
		return p.give(room.Message{Data: m.data})
	case "joined":
		return p.give(room.Message{Event: room.Joined})
	case "left":
		return p.give(room.Message{Event: room.Left})
	case "ended":
		if !p.closed {
			select {
			case p.out <- room.Message{Event: room.Ended, Reason: m.reason}:
			default: // it has enough to read, and Why says it too
			}
		}
		p.close(room.Over)
	case "out":
		p.close(room.Replaced)
	case "cut":
		if !p.closed {
			p.cut()
			p.close(room.Replaced)
			return false
		}
	}
	return true
}

// cutAll lets every side come again.
func (r *Rooms) cutAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.places {
		if !p.closed {
			p.cut()
			p.close(room.Replaced)
		}
	}
}

// beating tells the others that this desk lives.
func (r *Rooms) beating(ctx context.Context) {
	tick := time.NewTicker(r.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		known, err := r.beat(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			r.cfg.Log.Printf("rooms: %v", err)
		} else if !known { // the others take its sides for gone
			r.cutAll()
		}
		r.nudge() // a notification may have been missed
	}
}

// beat says that this desk lives, and whether the others knew.
func (r *Rooms) beat(ctx context.Context) (known bool, err error) {
	ctx, done := context.WithTimeout(ctx, patient)
	defer done()
	r.mu.Lock()
	ids := make([]string, 0, len(r.places))
	for id := range r.places {
		ids = append(ids, id)
	}
	r.mu.Unlock()
	err = r.cfg.DB.QueryRowContext(ctx, "SELECT room_beat(?, ?, ?, ?)", r.desk, r.lease.Microseconds(), strings.Join(ids, ","), db.Micros(r.cfg.Now())).Scan(&known)
	return known, err
}
