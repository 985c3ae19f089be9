package shared

import (
	"context"
	"time"
)

// OpenQuick is Open with a desk that is known to live, or not, sooner.
func OpenQuick(ctx context.Context, cfg Config, lease time.Duration) (*Rooms, error) {
	return open(ctx, cfg, pulse{lease: lease, every: lease / 4})
}

// Die ends the desk's work without a word to the others, as a kill would.
func (r *Rooms) Die() {
	r.end()
	r.all.Wait()
}
