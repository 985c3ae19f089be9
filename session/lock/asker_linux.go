package lock

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
)

// knower is somebody on a bus who knows whether the screen is locked.
type knower interface {
	name() string
	rules() [][]dbus.MatchOption // the signals that tell of a change
	// ask asks the owner of the name.
	ask(ctx context.Context, conn *dbus.Conn, owner string) (State, error)
	// told is what a signal of the owner says by itself, if anything, and for
	// how long that holds whatever an answer says.
	told(*dbus.Signal) (s State, holds time.Duration, ok bool)
}

// asker asks one of them, again whenever something has changed.
type asker struct {
	board *Board
	slot  int
	knower
	hint chan struct{} // holds one

	mu    sync.Mutex // guards the rest
	owner string     // the name's, as a connection's own name; "" if nobody has it
	count int        // of signals that said something
	until time.Time  // what a signal said holds
}

func newAsker(b *Board, slot int, k knower) *asker {
	return &asker{board: b, slot: slot, knower: k, hint: make(chan struct{}, 1)}
}

// askers take the signals of a connection, in the order in which they came. None waits.
type askers []*asker

// DeliverSignal is dbus.SignalHandler's.
func (all askers) DeliverSignal(_, _ string, s *dbus.Signal) {
	for _, a := range all {
		a.heard(s)
		select {
		case a.hint <- struct{}{}:
		default:
		}
	}
}

// heard takes what a signal says, if it comes from whom it seems to come.
func (a *asker) heard(s *dbus.Signal) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.owner == "" || s.Sender != a.owner {
		return
	}
	if state, holds, ok := a.told(s); ok {
		a.count++
		a.until = time.Now().Add(holds)
		a.board.Say(a.slot, state)
	}
}

// follow asks until the connection ends.
func (a *asker) follow(conn *dbus.Conn) {
	ctx := conn.Context()
	rules := append(a.rules(), []dbus.MatchOption{
		dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchInterface("org.freedesktop.DBus"),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, a.name()),
	})
	timed, cancel := context.WithTimeout(ctx, AskTime)
	for _, rule := range rules {
		_ = conn.AddMatchSignalContext(timed, rule...) // who does not tell is asked now and then
	}
	cancel()
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		a.once(ctx, conn)
		wait(ctx, askGap)
		select {
		case <-a.hint:
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// once asks, and takes the answer unless a signal has said something newer.
func (a *asker) once(ctx context.Context, conn *dbus.Conn) {
	ctx, cancel := context.WithTimeout(ctx, AskTime)
	defer cancel()
	var owner string
	err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.GetNameOwner", 0, a.name()).Store(&owner)
	a.mu.Lock()
	a.owner = owner
	count := a.count
	a.mu.Unlock()
	var state State
	if err == nil {
		state, err = a.ask(ctx, conn, owner)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case conn.Context().Err() != nil: // follow says that the bus is lost
	case count != a.count, time.Now().Before(a.until):
		a.board.Silent(a.slot)
	case err == nil:
		a.board.Say(a.slot, state)
	case refused(err):
		a.board.Say(a.slot, Unknown)
	default:
		a.board.Silent(a.slot)
	}
}

// refused says whether there was an answer: nobody has the name, or does not
// know the question. Else somebody did not answer.
func refused(err error) bool {
	var e dbus.Error
	return errors.As(err, &e) && e.Name != "org.freedesktop.DBus.Error.NoReply"
}
