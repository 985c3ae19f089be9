package lock

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
)

// saver is a screen saver by the interface that its name is, too.
type saver struct {
	called string
	path   dbus.ObjectPath
}

func (s saver) name() string { return s.called }

func (s saver) rules() [][]dbus.MatchOption {
	return [][]dbus.MatchOption{{dbus.WithMatchSender(s.called), dbus.WithMatchInterface(s.called), dbus.WithMatchMember("ActiveChanged")}}
}

func (s saver) ask(ctx context.Context, conn *dbus.Conn, owner string) (State, error) {
	var on bool
	err := conn.Object(owner, s.path).CallWithContext(ctx, s.called+".GetActive", dbus.FlagNoAutoStart).Store(&on)
	return stateOf(on), err
}

func (s saver) told(signal *dbus.Signal) (State, time.Duration, bool) {
	if signal.Name != s.called+".ActiveChanged" || len(signal.Body) != 1 {
		return Unknown, 0, false
	}
	on, ok := signal.Body[0].(bool)
	return stateOf(on), 0, ok
}

func stateOf(locked bool) State {
	if locked {
		return Locked
	}
	return Unlocked
}

const (
	logind  = "org.freedesktop.login1"
	session = logind + ".Session"
)

// login is logind's word on one session (org.freedesktop.login1(5)).
type login struct {
	id string // "": the one that this program runs in

	mu    sync.Mutex      // guards the rest
	owner string          // who has told path
	path  dbus.ObjectPath // the session's
}

func (*login) name() string { return logind }

func (*login) rules() [][]dbus.MatchOption {
	here := dbus.WithMatchPathNamespace("/org/freedesktop/login1/session")
	return [][]dbus.MatchOption{
		{dbus.WithMatchSender(logind), here, dbus.WithMatchInterface(session), dbus.WithMatchMember("Lock")},
		{
			dbus.WithMatchSender(logind), here, dbus.WithMatchInterface("org.freedesktop.DBus.Properties"),
			dbus.WithMatchMember("PropertiesChanged"), dbus.WithMatchArg(0, session),
		},
	}
}

func (l *login) ask(ctx context.Context, conn *dbus.Conn, owner string) (State, error) {
	path, err := l.find(ctx, conn, owner)
	if err != nil {
		return Unknown, err
	}
	var value dbus.Variant
	err = conn.Object(owner, path).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", dbus.FlagNoAutoStart, session, "LockedHint").Store(&value)
	if err != nil {
		return Unknown, err
	}
	locked, ok := value.Value().(bool)
	if !ok {
		return Unknown, nil
	}
	return stateOf(locked), nil
}

// find asks once for each logind which object the session is.
func (l *login) find(ctx context.Context, conn *dbus.Conn, owner string) (dbus.ObjectPath, error) {
	l.mu.Lock()
	path, known := l.path, l.owner == owner
	l.mu.Unlock()
	if known {
		return path, nil
	}
	err := errors.ErrUnsupported
	for _, id := range []string{l.id, "auto"} { // "auto" is the caller's, or its person's on a display
		if id == "" {
			continue
		}
		err = conn.Object(owner, "/org/freedesktop/login1").CallWithContext(ctx, logind+".Manager.GetSession", dbus.FlagNoAutoStart, id).Store(&path)
		if err == nil && path.IsValid() {
			l.mu.Lock()
			l.owner, l.path = owner, path
			l.mu.Unlock()
			return path, nil
		}
	}
	return "", err
}

// told takes the wish that the session be locked for a lock, until the desktop
// has had the time to obey: from then on the hint counts.
func (l *login) told(signal *dbus.Signal) (State, time.Duration, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return Locked, AskTime, signal.Name == session+".Lock" && signal.Path == l.path
}
