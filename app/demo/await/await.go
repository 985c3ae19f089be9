// Package await waits for a condition until a deadline, and says in words what did not come.
package await

import (
	"context"
	"fmt"
	"time"
)

// pause lies between two looks at a condition: short enough to be unnoticed,
// long enough to leave the processor to the programs being watched.
const pause = 20 * time.Millisecond

// Until calls met until it answers true. what names the condition for the
// error; why (which may be nil) is asked after the deadline for what was seen
// instead. An error from met ends the waiting at once.
func Until(ctx context.Context, limit time.Duration, what string, met func() (bool, error), why func() string) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		ok, err := met()
		if err != nil {
			return fmt.Errorf("await %s: %w", what, err)
		}
		if ok {
			return nil
		}
		select {
		case <-ctx.Done():
			seen := ""
			if why != nil {
				seen = "; seen: " + why()
			}
			return fmt.Errorf("await %s for %v: %w%s", what, limit, ctx.Err(), seen)
		case <-tick.C:
		}
	}
}
