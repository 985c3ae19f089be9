package lock_test

import (
	"net"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"
	"go.uber.org/goleak"

	"github.com/beistand/beistand/session/lock"
	"github.com/beistand/beistand/session/lock/locktest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	gnome, gnomePath = "org.gnome.ScreenSaver", dbus.ObjectPath("/org/gnome/ScreenSaver")
	kde, kdePath     = "org.freedesktop.ScreenSaver", dbus.ObjectPath("/org/freedesktop/ScreenSaver")
)

// speakers are those who know, each on a bus of its own.
var speakers = map[string]func(testing.TB, *bus) *service{
	"gnome":  func(t testing.TB, b *bus) *service { return newSaver(t, b, gnome, gnomePath) },
	"kde":    func(t testing.TB, b *bus) *service { return newSaver(t, b, kde, kdePath) },
	"logind": newLogind,
}

// Each of them alone is enough, also one who tells no changes.
func TestDBus(t *testing.T) {
	for name, speaker := range speakers {
		t.Run(name, func(t *testing.T) {
			locktest.Suite(t, func(t *testing.T) locktest.Fixture {
				b := newBus(t)
				s := speaker(t, b)
				return locktest.Fixture{Lock: lock.OpenDBus(b.address, b.address, "7"), Set: s.set}
			})
		})
		t.Run(name+" tells nothing", func(t *testing.T) {
			b := newBus(t)
			s := speaker(t, b)
			s.emit = nil
			told := watch(t, lock.OpenDBus(b.address, b.address, ""))
			locktest.Await(t, told, lock.Unlocked)
			s.set(t, true)
			locktest.Await(t, told, lock.Locked)
		})
	}
}

func watch(t *testing.T, l lock.Lock) <-chan lock.State {
	t.Helper()
	t.Cleanup(func() { l.Close() })
	return l.Watch(t.Context())
}

// Nobody there, no bus, no socket at all: that is not known, and no error.
func TestNobody(t *testing.T) {
	b := newBus(t)
	silent, err := net.Listen("unix", filepath.Join(t.TempDir(), "s")) // what connects waits in its queue
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for name, address := range map[string]string{"silent": "unix:path=" + silent.Addr().String(), "nobody": b.address, "no bus": "", "no socket": "unix:path=/nowhere/bus", "another way": "tcp:host=localhost,port=1"} {
		t.Run(name, func(t *testing.T) {
			if before := locktest.Await(t, watch(t, lock.OpenDBus(address, address, "7")), lock.Unknown); before != nil {
				t.Errorf("%v was told before", before)
			}
		})
	}
}

// One who says locked is enough, and one who hangs or lies holds nobody up.
func TestTogether(t *testing.T) {
	b := newBus(t)
	g, k, d := speakers["gnome"](t, b), speakers["kde"](t, b), speakers["logind"](t, b)
	k.hang(t)
	l := lock.OpenDBus(b.address, b.address, "7")
	told := watch(t, l)
	g.set(t, true)
	locktest.Await(t, told, lock.Locked)
	d.set(t, true)
	g.set(t, false)
	until(t, "asking again", func() bool { return asked(d) > 2 && asked(g) > 2 })
	if l.State() != lock.Locked {
		t.Error("one of two is not enough")
	}
	d.set(t, false)
	locktest.Await(t, told, lock.Unlocked)
	if err := k.conn.Emit(kdePath, kde+".ActiveChanged", "yes", 1); err != nil { // nonsense
		t.Fatal(err)
	}
	k.emit(t, true) // it answers nobody, but tells
	locktest.Await(t, told, lock.Locked)
	k.emit(t, false)
	locktest.Await(t, told, lock.Unlocked)
}

func asked(s *service) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// What somebody else says in a service's name is not believed; what they cause
// is that the service is asked.
func TestForeign(t *testing.T) {
	b := newBus(t)
	g := speakers["gnome"](t, b)
	d := speakers["logind"](t, b)
	l := lock.OpenDBus(b.address, b.address, "7")
	told := watch(t, l)
	locktest.Await(t, told, lock.Unlocked)
	foreign := b.connect(t)
	names := names(t, foreign)
	for _, to := range names { // straight to everybody: no rule keeps that away
		for _, s := range []*dbus.Message{
			signal(to, gnomePath, gnome, "ActiveChanged", true),
			signal(to, session, logind+".Session", "Lock"),
		} {
			if call := foreign.Send(s, nil); call != nil && call.Err != nil {
				t.Fatal(call.Err)
			}
		}
	}
	was := asked(g)
	until(t, "being asked", func() bool { return asked(g) > was && asked(d) > 1 })
	g.set(t, true)
	if before := locktest.Await(t, told, lock.Locked); len(before) > 0 {
		t.Errorf("somebody else was believed: %v", before)
	}
}

func names(t *testing.T, conn *dbus.Conn) (all []string) {
	t.Helper()
	if err := conn.BusObject().Call("org.freedesktop.DBus.ListNames", 0).Store(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

func signal(to string, path dbus.ObjectPath, of, name string, body ...any) *dbus.Message {
	m := &dbus.Message{Type: dbus.TypeSignal, Flags: dbus.FlagNoReplyExpected, Body: body, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldDestination: dbus.MakeVariant(to), dbus.FieldPath: dbus.MakeVariant(path),
		dbus.FieldInterface: dbus.MakeVariant(of), dbus.FieldMember: dbus.MakeVariant(name),
	}}
	if len(body) > 0 {
		m.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(body...))
	}
	return m
}

// logind's wish for a lock counts at once, and its hint from then on.
func TestLockSignal(t *testing.T) {
	b := newBus(t)
	d := speakers["logind"](t, b)
	told := watch(t, lock.OpenDBus("", b.address, "no such session"))
	locktest.Await(t, told, lock.Unlocked)
	if err := d.conn.Emit("/org/freedesktop/login1/session/_38", logind+".Session.Lock"); err != nil {
		t.Fatal(err)
	}
	if err := d.conn.Emit(session, logind+".Session.Lock"); err != nil {
		t.Fatal(err)
	}
	locktest.Await(t, told, lock.Locked)
	locktest.Await(t, told, lock.Unlocked) // the desktop has no lock to show
}

// A service that goes takes its word with it; a bus that goes while it is
// locked does not unlock anything, and is found again.
func TestGone(t *testing.T) {
	b := newBus(t)
	g := speakers["gnome"](t, b)
	l := lock.OpenDBus(b.address, "", "")
	told := watch(t, l)
	g.set(t, true)
	locktest.Await(t, told, lock.Locked)
	g.conn.Close()
	locktest.Await(t, told, lock.Unknown)
	g = speakers["gnome"](t, b)
	g.set(t, true)
	locktest.Await(t, told, lock.Locked)

	b.stop()
	b.start(t)
	g = speakers["gnome"](t, b)
	if before := locktest.Await(t, told, lock.Unlocked); len(before) > 0 {
		t.Errorf("a bus that went away unlocked the screen: %v", before)
	}
	g.set(t, true)
	locktest.Await(t, told, lock.Locked)
}
