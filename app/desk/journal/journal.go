package journal

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
)

// lookEvery is how often the journal is looked at without having been told:
// other processes write, too, and may not live to tell.
const lookEvery = 500 * time.Millisecond

// Config is what a Journal is made from.
type Config struct {
	DB  *db.DB
	Log interface{ Printf(string, ...any) } // what goes wrong while running
}

// Journal reads what was written, for this process. Run keeps it going.
type Journal struct {
	db   *db.DB
	log  interface{ Printf(string, ...any) }
	kick chan struct{} // holds one

	mu       sync.Mutex // guards what follows
	told     int64      // the last entry that watchers have been given
	moved    chan struct{}
	watchers map[*watcher]bool
}

// New makes a journal's reader. Watchers are told of what comes after this.
func New(ctx context.Context, c Config) (*Journal, error) {
	seq, _, err := head(ctx, c.DB)
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	return &Journal{
		db: c.DB, log: c.Log, kick: make(chan struct{}, 1),
		told: seq, moved: make(chan struct{}), watchers: map[*watcher]bool{},
	}, nil
}

// Kick makes Run look at once. What this process writes does that by itself.
func (j *Journal) Kick() {
	select {
	case j.kick <- struct{}{}:
	default:
	}
}

// Run numbers what was written, here and by others, and tells watchers and
// consumers, until ctx ends.
func (j *Journal) Run(ctx context.Context) {
	var listening sync.WaitGroup
	defer listening.Wait()
	defer j.db.OnMark(j.Kick)()
	listening.Go(func() {
		j.db.Listen(ctx, channel, j.Kick, j.heard, func(err error) { j.log.Printf("journal: %v", err) })
	})
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for well := true; ; {
		err := j.look(ctx)
		if err != nil && ctx.Err() == nil && well { // once for each time that it begins to go wrong
			j.log.Printf("journal: %v", err)
		}
		well = err == nil
		select {
		case <-ctx.Done():
			return
		case <-j.kick:
		case <-tick.C:
		}
	}
}

// heard takes a notification: the number of an entry that is in the chain.
func (j *Journal) heard(payload string) {
	seq, err := strconv.ParseInt(payload, 10, 64)
	if err != nil || seq > j.position() { // else it was this desk's own
		j.Kick()
	}
}

func (j *Journal) position() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.told
}

// look seals and tells until nothing is left.
func (j *Journal) look(ctx context.Context) error {
	for {
		sealed, err := j.seal(ctx)
		if err != nil {
			return err
		}
		for {
			entries, err := read(ctx, j.db, j.position())
			if err != nil {
				return err
			}
			j.tell(entries)
			if len(entries) < atOnce {
				break
			}
		}
		if sealed < atOnce {
			return nil
		}
	}
}

// read gives the entries after seq, up to atOnce of them.
func read(ctx context.Context, q db.Querier, seq int64) ([]Entry, error) {
	rows, err := readRows(ctx, q, seq)
	entries := make([]Entry, len(rows))
	for i := range rows {
		entries[i] = rows[i].entry()
	}
	return entries, err
}

func readRows(ctx context.Context, q db.Querier, seq int64) ([]row, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+rowColumns+" FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", seq, atOnce)
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", db.Named(err))
	}
	defer rows.Close()
	var list []row
	for rows.Next() {
		r, err := scanRow(rows)
		if err != nil {
			return nil, fmt.Errorf("read journal: %w", err)
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read journal: %w", db.Named(err))
	}
	return list, nil
}

// Since gives entries behind seq, the oldest first, at most 200 of them.
func (j *Journal) Since(ctx context.Context, seq int64) ([]Entry, error) { return read(ctx, j.db, seq) }

// Last is the number of the newest entry that this process knows of.
func (j *Journal) Last() int64 { return j.position() }

// Moved is closed when there is a newer entry than Last said before.
func (j *Journal) Moved() <-chan struct{} { return j.movement() }
