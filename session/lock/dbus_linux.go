package lock

import (
	"context"
	"errors"
	"net"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
)

// Times.
const (
	askEvery = 2 * time.Second       // not everybody tells of changes
	askGap   = 20 * time.Millisecond // however many changes are told
)

// desktop asks a session's bus and the system's.
type desktop struct {
	*Board
	end  context.CancelFunc
	work sync.WaitGroup
}

// OpenDBus asks those who know on these two buses, by D-Bus addresses, of
// which each may be "": the screen savers of freedesktop (KDE's too) and GNOME
// on the session's, logind on the system's, there for the session with this id,
// or for the one that this program runs in. A bus that is not there or goes away
// is looked for again, and nobody who is not running is started.
func OpenDBus(session, system, id string) Lock {
	ctx, end := context.WithCancel(context.Background())
	savers := []knower{
		saver{"org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"},
		saver{"org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"},
	}
	d := &desktop{Board: NewBoard(len(savers) + 1), end: end}
	var all []*asker
	for i, k := range savers {
		all = append(all, newAsker(d.Board, i, k))
	}
	d.work.Go(func() { follow(ctx, session, all) })
	d.work.Go(func() { follow(ctx, system, []*asker{newAsker(d.Board, len(savers), &login{id: id})}) })
	return d
}

// Close is Lock's.
func (d *desktop) Close() error {
	d.end()
	d.work.Wait()
	return d.Board.Close()
}

// follow asks on one bus until ctx ends.
func follow(ctx context.Context, address string, all []*asker) {
	for ctx.Err() == nil {
		if conn, err := dial(ctx, address, askers(all)); err == nil {
			var work sync.WaitGroup
			for _, a := range all {
				work.Go(func() { a.follow(conn) })
			}
			work.Wait()
			_ = conn.Close() // it was only listened to
		}
		for _, a := range all {
			a.board.Lost(a.slot)
		}
		wait(ctx, askEvery)
	}
}

func wait(ctx context.Context, long time.Duration) {
	select {
	case <-time.After(long):
	case <-ctx.Done():
	}
}

var errNoBus = errors.New("there is no such bus")

// dial reaches a bus within AskTime; the connection ends with ctx.
func dial(ctx context.Context, address string, all askers) (*dbus.Conn, error) {
	err := errNoBus
	for _, socket := range sockets(address) {
		var c *dbus.Conn
		if c, err = greet(ctx, socket, all); err == nil {
			return c, nil
		}
	}
	return nil, err
}

func greet(ctx context.Context, socket string, all askers) (*dbus.Conn, error) {
	until := time.Now().Add(AskTime)
	raw, err := (&net.Dialer{Deadline: until}).DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, err
	}
	if err := raw.SetDeadline(until); err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	conn, err := dbus.NewConn(raw, dbus.WithContext(ctx), dbus.WithSignalHandler(all), dbus.WithHandler(deaf{}))
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	err = conn.Auth([]dbus.Auth{dbus.AuthExternal(strconv.Itoa(os.Getuid()))})
	if err == nil {
		err = conn.Hello()
	}
	if err == nil {
		err = raw.SetDeadline(time.Time{})
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// deaf has nothing that others could call.
type deaf struct{}

// LookupObject is dbus.Handler's.
func (deaf) LookupObject(dbus.ObjectPath) (dbus.ServerObject, bool) { return nil, false }
