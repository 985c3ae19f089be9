package session

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// errWithheld says that a message must not leave now.
var errWithheld = errors.New("what the message needs is not allowed now")

// Hold is why nothing is shown and nothing obeyed: one or more reasons.
type Hold uint8

// The reasons.
const (
	HoldPaused   Hold = Hold(wire.ByCustomer) // the customer has paused
	HoldObserver Hold = Hold(wire.NoObserver) // an observer who has to look on is not there
	HoldLocked   Hold = Hold(wire.Locked)     // the screen is locked
)

// gate is what is allowed at this moment, for every goroutine of one side.
// What seals a message that needs a right (outbox.give) holds mu until it is
// sent: after change has returned nothing that is not allowed any more leaves.
// What obeys one stands in doing: after quiet has returned nothing of it happens either.
type gate struct {
	mu      sync.Mutex    // guards the rest
	given   rights.Set    // in the record and not taken back
	counts  rights.Set    // of these what the viewer has signed: only this can be used
	taken   rights.Set    // the customer has taken it back, and the record does not say so yet
	hold    Hold          // nothing can be used while there is a reason
	want    Hold          // the reasons that there are; hold follows when the viewer has been told that it goes on
	scope   Scope         // of the screen, what is seen
	scoped  uint32        // how often the scope has changed
	torn    bool          // a picture was withdrawn, perhaps by a hold that nobody else has noticed
	held    int           // rises with every hold
	over    bool          // nothing can be used any more, whatever else is here
	changed chan struct{} // closed with the next change

	doing map[chan struct{}]bool // what is being obeyed; each is closed when it is done
}

func newGate() *gate {
	return &gate{changed: make(chan struct{}), doing: map[chan struct{}]bool{}}
}

// now is what may be used, and when that may be another.
func (g *gate) now() (allowed rights.Set, hold Hold, changed <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.counts, g.hold, g.changed
}

// holds is how often it was held; it has been meanwhile when that has risen.
func (g *gate) holds() (held bool, times int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.hold != 0, g.held
}

// open says whether all of need may be used; mu is held.
func (g *gate) open(need rights.Set) bool {
	return !g.over && g.hold == 0 && g.counts.Both(need) == need
}

// may says whether all of need may be used.
func (g *gate) may(need rights.Set) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.open(need)
}

// obey does what a message asks that needs these rights, if it may. It waits for
// nothing else that is being obeyed.
func (g *gate) obey(need rights.Set, do func() error) (done bool, err error) {
	over := make(chan struct{})
	g.mu.Lock()
	may := g.open(need)
	if may {
		g.doing[over] = true
	}
	g.mu.Unlock()
	if !may {
		return false, nil
	}
	defer func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.doing, over)
		close(over)
	}()
	return true, do()
}

// change changes what is allowed, and never waits for what is being obeyed:
// that may be a slow disk.
func (g *gate) change(how func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	how()
	if g.hold != 0 {
		g.held++
	}
	close(g.changed)
	g.changed = make(chan struct{})
}

// shut lets nothing be used any more.
func (g *gate) shut() { g.change(func() { g.over = true }) }

// quiet waits until what was obeyed under what was allowed before is over. What
// is still allowed goes on meanwhile.
func (g *gate) quiet() {
	g.mu.Lock()
	doing := slices.Collect(maps.Keys(g.doing))
	g.mu.Unlock()
	for _, over := range doing {
		<-over
	}
}

// during gives a context that ends when one of need is taken back; a hold ends
// it only if held is true. The cancel must be called.
func (g *gate) during(ctx context.Context, need rights.Set, held bool) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		for {
			allowed, hold, changed := g.now()
			if allowed.Both(need) != need || held && hold != 0 {
				cancel()
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx, func() { cancel(); <-over }
}

// wait waits until need may be used. The error is ErrNoRight when one of them
// is not given any more, else ctx's.
func (g *gate) wait(ctx context.Context, need rights.Set) error {
	for {
		g.mu.Lock()
		over, given, open, changed := g.over, g.counts.Both(need) == need, g.open(need), g.changed
		g.mu.Unlock()
		switch {
		case over:
			return ErrOver
		case !given:
			return ErrNoRight
		case open:
			return ctx.Err()
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// needs are the rights without which m must not leave this sender. Marks and
// input are nothing without a picture to which they point. What belongs to a
// transfer needs what the transfer does.
func needs(sender role, m wire.Message) rights.Set {
	switch m := m.(type) {
	case *wire.Picture, *wire.Screen, *wire.Shape, *wire.Cursor, *wire.Figures, *wire.Flow:
		return rights.Of(rights.See)
	case *wire.Pointer:
		return rights.Of(rights.Point, rights.See)
	case *wire.Move, *wire.Button, *wire.Wheel, *wire.Key, *wire.Own:
		return rights.Of(rights.Control, rights.See)
	case *wire.Want:
		return rights.Of(m.Right)
	case *wire.Vital:
		return rights.Of(rights.Vitals)
	case *wire.Hand:
		return rights.Of(m.Right)
	case *wire.Clip:
		return rights.Of([...]rights.Right{host: rights.ClipOut, viewer: rights.ClipIn}[sender])
	}
	return 0
}
