package lock_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// bus is a real bus of the test's own.
type bus struct {
	socket, address string
	config          string
	daemon          *exec.Cmd
}

func newBus(t testing.TB) *bus {
	t.Helper()
	dir, err := os.MkdirTemp("", "bus") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	b := &bus{socket: filepath.Join(dir, "bus"), config: filepath.Join(dir, "bus.conf")}
	b.address = "unix:path=" + b.socket
	err = os.WriteFile(b.config, fmt.Appendf(nil, `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`, b.address), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	b.start(t)
	t.Cleanup(func() { b.stop() })
	return b
}

// start returns when the bus can be reached.
func (b *bus) start(t testing.TB) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b.daemon = exec.Command("dbus-daemon", "--config-file="+b.config, "--nofork", "--nopidfile", "--print-address=3")
	b.daemon.ExtraFiles = []*os.File{w}
	if err := b.daemon.Start(); err != nil {
		t.Fatalf("start a bus: %v", err)
	}
	w.Close()
	if _, err := r.Read(make([]byte, 1)); err != nil {
		t.Fatalf("the bus does not start: %v", err)
	}
}

func (b *bus) stop() {
	b.daemon.Process.Kill()
	b.daemon.Wait() // says that it was killed
	os.Remove(b.socket)
}

func (b *bus) connect(t testing.TB) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(b.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func own(t testing.TB, conn *dbus.Conn, name string) {
	t.Helper()
	got, err := conn.RequestName(name, dbus.NameFlagDoNotQueue)
	if err != nil || got != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("take the name %s: %v, %v", name, got, err)
	}
}

// service is somebody who says whether the screen is locked.
type service struct {
	conn *dbus.Conn
	emit func(t testing.TB, locked bool) // nil: it tells no changes

	mu     sync.Mutex // guards the rest
	locked bool
	hangs  chan struct{} // until it is closed, nobody is answered; nil: all are
	asked  int
}

func (s *service) answer() bool {
	s.mu.Lock()
	locked, hangs := s.locked, s.hangs
	s.asked++
	s.mu.Unlock()
	if hangs != nil {
		<-hangs
	}
	return locked
}

func (s *service) set(t testing.TB, locked bool) {
	t.Helper()
	s.mu.Lock()
	changed := s.locked != locked
	s.locked = locked
	s.mu.Unlock()
	if changed && s.emit != nil {
		s.emit(t, locked)
	}
}

// hang lets nobody be answered until the test's end.
func (s *service) hang(t testing.TB) {
	hangs := make(chan struct{})
	s.mu.Lock()
	s.hangs = hangs
	s.mu.Unlock()
	t.Cleanup(func() { close(hangs) })
}

// until waits for a condition that nothing tells of.
func until(t testing.TB, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	late := time.After(20 * time.Second)
	for !is() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("%s does not come", what)
		}
	}
}

// newSaver is a screen saver, GNOME's or KDE's.
func newSaver(t testing.TB, b *bus, name string, path dbus.ObjectPath) *service {
	t.Helper()
	s := &service{conn: b.connect(t)}
	err := s.conn.ExportMethodTable(map[string]any{"GetActive": func() (bool, *dbus.Error) { return s.answer(), nil }}, path, name)
	if err != nil {
		t.Fatal(err)
	}
	s.emit = func(t testing.TB, locked bool) {
		if err := s.conn.Emit(path, name+".ActiveChanged", locked); err != nil {
			t.Fatal(err)
		}
	}
	own(t, s.conn, name)
	return s
}

const (
	logind  = "org.freedesktop.login1"
	session = dbus.ObjectPath("/org/freedesktop/login1/session/_37")
)

// newLogind knows one session, "7", by its own name and as the caller's.
func newLogind(t testing.TB, b *bus) *service {
	t.Helper()
	s := &service{conn: b.connect(t)}
	err := s.conn.ExportMethodTable(map[string]any{"GetSession": func(id string) (dbus.ObjectPath, *dbus.Error) {
		if id != "7" && id != "auto" {
			return "", dbus.NewError(logind+".NoSuchSession", nil)
		}
		return session, nil
	}}, "/org/freedesktop/login1", logind+".Manager")
	if err != nil {
		t.Fatal(err)
	}
	err = s.conn.ExportMethodTable(map[string]any{"Get": func(of, name string) (dbus.Variant, *dbus.Error) {
		if of != logind+".Session" || name != "LockedHint" {
			return dbus.MakeVariant(0), dbus.NewError("org.freedesktop.DBus.Error.UnknownProperty", nil)
		}
		return dbus.MakeVariant(s.answer()), nil
	}}, session, "org.freedesktop.DBus.Properties")
	if err != nil {
		t.Fatal(err)
	}
	s.emit = func(t testing.TB, locked bool) {
		changed := map[string]dbus.Variant{"LockedHint": dbus.MakeVariant(locked)}
		if err := s.conn.Emit(session, "org.freedesktop.DBus.Properties.PropertiesChanged", logind+".Session", changed, []string{}); err != nil {
			t.Fatal(err)
		}
	}
	own(t, s.conn, logind)
	return s
}
