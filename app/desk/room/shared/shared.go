// Package shared is rooms that several desks share through one PostgreSQL: each side of a session may be at another desk.
package shared

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/beistand/beistand/app/desk/room"
	"github.com/beistand/beistand/app/desk/store/db"
)

const (
	channel = "beistand_rooms" // of notifications: the desk that has messages
	atOnce  = 200              // messages fetched in one step
	backlog = 256              // messages that wait for a desk to fetch them, of one side
	patient = 10 * time.Second // for one answer of the database
)

// pulse is how a desk is known to live.
type pulse struct {
	lease time.Duration // one that says nothing for so long is gone
	every time.Duration
}

var calm = pulse{lease: 15 * time.Second, every: 3 * time.Second}

// Config is what Rooms are made from.
type Config struct {
	DB    *db.DB // PostgreSQL
	Queue int    // messages kept for a slow side
	Now   func() time.Time
	Log   interface{ Printf(string, ...any) }
}

// Rooms is this desk's part of the rooms that all share. Who is in a room, and
// in which order what is said, the database decides (migration 00016); messages
// wait in it until the desk of the one they are for has fetched them.
type Rooms struct {
	cfg Config
	pulse
	desk  string        // this process, for the others
	wake  chan struct{} // holds one: messages may be there
	end   context.CancelFunc
	close func() error   // once
	all   sync.WaitGroup // its goroutines
	held  sync.WaitGroup // places that were taken and not left

	mu      sync.Mutex // guards what follows
	places  map[string]*place
	stopped bool
}

// Open makes this desk known to the others. Close ends what it starts.
func Open(ctx context.Context, cfg Config) (*Rooms, error) { return open(ctx, cfg, calm) }

func open(ctx context.Context, cfg Config, p pulse) (*Rooms, error) {
	r := &Rooms{cfg: cfg, pulse: p, desk: rand.Text(), wake: make(chan struct{}, 1), places: map[string]*place{}}
	if _, err := r.beat(ctx); err != nil {
		return nil, fmt.Errorf("open rooms: %w", err)
	}
	run, end := context.WithCancel(context.WithoutCancel(ctx))
	r.end = end
	r.close = sync.OnceValue(r.shut)
	failed := func(err error) { cfg.Log.Printf("rooms: %v", err) }
	r.all.Go(func() {
		cfg.DB.Listen(run, channel, r.nudge, func(desk string) {
			if desk == r.desk {
				r.nudge()
			}
		}, failed)
	})
	r.all.Go(func() { r.fetching(run) })
	r.all.Go(func() { r.beating(run) })
	return r, nil
}

// Enter is part of room.Rooms.
func (r *Rooms) Enter(session, role string, cut func()) (room.Place, error) {
	p := &place{id: rand.Text(), out: make(chan room.Message, max(1, r.cfg.Queue)), cut: cut, of: r}
	r.mu.Lock()
	if r.stopped {
		r.mu.Unlock()
		return nil, room.ErrStopped
	}
	r.places[p.id] = p // before the database knows of it: messages may come at once
	r.held.Add(1)      // Leave gives it back
	r.mu.Unlock()
	if err := r.do("room_enter(?, ?, ?, ?, ?)", session, role, p.id, r.desk, db.Micros(r.cfg.Now())); err != nil {
		r.forget(p)
		return nil, fmt.Errorf("enter room: %w", err)
	}
	return p, nil
}

// End is part of room.Rooms.
func (r *Rooms) End(session, reason string) {
	if err := r.do("room_end(?, ?)", session, reason); err != nil {
		r.cfg.Log.Printf("rooms: end a session's: %v", err)
	}
}

// Presence is part of room.Rooms. While the database does not say, somebody is there.
func (r *Rooms) Presence(session string) (occupied bool, left time.Time) {
	ctx, done := context.WithTimeout(context.Background(), patient)
	defer done()
	var at sql.NullInt64
	err := r.cfg.DB.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM room_places p JOIN room_desks d ON d.desk = p.desk
		WHERE p.session = ? AND d.until > room_clock()), (SELECT at FROM room_left WHERE session = ?)`, session, session).Scan(&occupied, &at)
	if err != nil {
		r.cfg.Log.Printf("rooms: look into a session's: %v", err)
		return true, time.Time{}
	}
	if at.Valid {
		left = db.Moment(at.Int64)
	}
	return occupied, left
}

// Forget is part of room.Rooms.
func (r *Rooms) Forget(open map[string]bool) {
	ids := make([]string, 0, len(open))
	for id := range open {
		ids = append(ids, id)
	}
	err := r.change("DELETE FROM room_left WHERE NOT session = ANY (string_to_array(?, ','))", strings.Join(ids, ","))
	if err != nil {
		r.cfg.Log.Printf("rooms: forget: %v", err)
	}
}

// Stop is part of room.Rooms: it is about this desk's sides.
func (r *Rooms) Stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	for _, p := range r.places {
		p.close(room.Stopped)
	}
}

// Close is part of room.Rooms.
func (r *Rooms) Close() error { return r.close() }

func (r *Rooms) shut() error {
	r.held.Wait()
	r.end()
	r.all.Wait()
	if err := r.change("DELETE FROM room_desks WHERE desk = ?", r.desk); err != nil {
		return fmt.Errorf("close rooms: %w", err)
	}
	return nil
}

func (r *Rooms) forget(p *place) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.places, p.id)
	r.held.Done()
}

// nudge has messages looked for.
func (r *Rooms) nudge() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// do calls one of the database's functions, which is a transaction of its own.
func (r *Rooms) do(call string, args ...any) error {
	ctx, done := context.WithTimeout(context.Background(), patient)
	defer done()
	var nothing any
	return r.cfg.DB.QueryRowContext(ctx, "SELECT "+call, args...).Scan(&nothing)
}

func (r *Rooms) change(query string, args ...any) error {
	ctx, done := context.WithTimeout(context.Background(), patient)
	defer done()
	return r.cfg.DB.Committed(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
}
