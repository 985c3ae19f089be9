package input_test

import (
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/x11"
	"github.com/beistand/beistand/session/x11/x11test"
)

// touched is one of the server's own devices, which stand for a mouse and a
// keyboard that somebody touches: XTEST can press them as well as those that it
// has for programs (XTEST 2.2, with events of XInput 1).
type touched struct {
	conn      *xgb.Conn
	test      byte
	first     byte // event of XInput
	mouse     byte
	keyboard  byte
	fakeMouse byte
}

func touch(t testing.TB, conn *xgb.Conn) *touched {
	t.Helper()
	test, err := x11.Use(conn, "XTEST")
	if err != nil {
		t.Fatal(err)
	}
	xi, err := x11.Use(conn, "XInputExtension")
	if err != nil {
		t.Fatal(err)
	}
	d := &touched{conn: conn, test: test.Major, first: xi.Event}
	names, err := input.DeviceNames(conn)
	if err != nil {
		t.Fatal(err)
	}
	for id, name := range names {
		switch name {
		case "Xvfb mouse":
			d.mouse = byte(id)
		case "Xvfb keyboard":
			d.keyboard = byte(id)
		case "Virtual core XTEST pointer":
			d.fakeMouse = byte(id)
		}
	}
	if d.mouse == 0 || d.keyboard == 0 || d.fakeMouse == 0 {
		t.Fatalf("the server has %v", names)
	}
	return d
}

// Events of XInput 1, counted from its first.
const (
	deviceKeyPress      = 1
	deviceKeyRelease    = 2
	deviceButtonPress   = 3
	deviceButtonRelease = 4
	deviceMotion        = 5
)

// do lets a device do something.
func (d *touched) do(t testing.TB, device, event, detail byte, moves ...int32) {
	t.Helper()
	b := make([]byte, 36)
	b[0], b[1], b[4], b[5], b[35] = d.test, 2, d.first+event, detail, device
	if event == deviceMotion {
		b[5] = 1 // relative
		more := make([]byte, 32)
		more[0], more[1], more[6] = d.first, device, byte(len(moves))
		for i, n := range moves {
			binary.LittleEndian.PutUint32(more[8+4*i:], uint32(n))
		}
		b = append(b, more...)
	}
	binary.LittleEndian.PutUint16(b[2:], uint16(len(b)/4))
	cookie := d.conn.NewCookie(true, false)
	d.conn.NewRequest(b, cookie)
	if err := cookie.Check(); err != nil {
		t.Fatalf("event %d of device %d: %v", event, device, err)
	}
}

// use is somebody nudging the mouse.
func (p *program) use(t testing.TB) {
	d := touch(t, p.conn)
	d.do(t, d.mouse, deviceMotion, 0, 3, 2)
}

// TestX11Own holds that everything that somebody does is known, at once, and
// for as long as a button is down; and nothing that a program does.
func TestX11Own(t *testing.T) {
	display := x11test.Start(t, "640x480x24")
	p := startProgram(t, display)
	in, err := input.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	d := touch(t, p.conn)
	told := in.Own(t.Context())
	next := func(what string, want bool) time.Duration {
		t.Helper()
		began := time.Now()
		select {
		case got := <-told:
			if got != want {
				t.Fatalf("%s: told %v", what, got)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: not told", what)
		}
		return time.Since(began)
	}
	d.do(t, d.mouse, deviceMotion, 0, 1, 1) // a server that has just begun says that it is in use
	next("begin", true)
	next("begin, then nothing", false)
	for name, do := range map[string]func(){
		"mouse":  func() { d.do(t, d.mouse, deviceMotion, 0, -2, 1) },
		"right":  func() { d.do(t, d.mouse, deviceButtonPress, 3); d.do(t, d.mouse, deviceButtonRelease, 3) },
		"button": func() { d.do(t, d.mouse, deviceButtonPress, 1); d.do(t, d.mouse, deviceButtonRelease, 1) },
		"key":    func() { d.do(t, d.keyboard, deviceKeyPress, 38); d.do(t, d.keyboard, deviceKeyRelease, 38) },
	} {
		do()
		t.Logf("%s: known after %v", name, next(name, true))
		next(name+", then nothing", false)
	}
	d.do(t, d.fakeMouse, deviceButtonPress, 3) // a program
	d.do(t, d.fakeMouse, deviceButtonRelease, 3)
	xproto.WarpPointer(p.conn, 0, xproto.Setup(p.conn).DefaultScreen(p.conn).Root, 0, 0, 0, 0, 9, 9)
	select {
	case got := <-told:
		t.Fatalf("a program: told %v", got)
	case <-time.After(input.OwnTime):
	}
	d.do(t, d.mouse, deviceButtonPress, 1)
	next("held", true)
	select {
	case got := <-told:
		t.Fatalf("a button that is held: told %v", got)
	case <-time.After(2 * input.OwnTime):
	}
	d.do(t, d.mouse, deviceButtonRelease, 1)
	next("let go", false)
}

// FuzzDevices holds that no reply, however a server writes it, ends the program
// or makes more of itself than it is.
func FuzzDevices(f *testing.F) {
	conn, err := x11.Connect(x11test.Start(f, "640x480x24"))
	if err != nil {
		f.Fatal(err)
	}
	defer conn.Close()
	all, err := input.DeviceReplies(conn)
	if err != nil {
		f.Fatal(err)
	}
	for _, reply := range all {
		f.Add(reply)
		f.Add(reply[:len(reply)-3])
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, reply []byte) {
		if slaves, counters, _ := input.ParseDevices(reply); 12*slaves > len(reply) || 14*counters > len(reply) {
			t.Errorf("%d bytes become %d devices and %d counters", len(reply), slaves, counters)
		}
	})
}

// TestX11KilledByHand holds what the server itself does of what a killed
// program has held: it stays down until its person presses the same key once.
func TestX11KilledByHand(t *testing.T) {
	display := x11test.Start(t, "640x480x24")
	layout(t, display, "us")
	p := startProgram(t, display)
	cmd := holding(t, display)
	cmd.Process.Kill()
	cmd.Wait()
	p.read()
	d := touch(t, p.conn)
	const control = 37 // evdev's left one
	d.do(t, d.keyboard, deviceKeyPress, control)
	d.do(t, d.keyboard, deviceKeyRelease, control)
	if keys := p.keys(t); !slices.Equal(keys, []string{"Shift"}) {
		t.Errorf("down are %v", keys)
	}
}
