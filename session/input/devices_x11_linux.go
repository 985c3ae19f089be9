package input

import (
	"encoding/binary"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// Requests of SYNC 3.1 and of XInput 2.0, which xgb does not know (X
// Synchronization Extension, X Input Device Extension). The newer way, raw
// events, comes as generic events, which xgb cannot read.
const (
	syncStart    = 0
	syncCounters = 1
	syncQuery    = 5
	syncAlarm    = 8

	syncAlarmNotify = 1 // event
	syncAlarmParts  = 1<<0 | 1<<2 | 1<<3 | 1<<4
	syncFalls       = 1 // below a value that it was above of

	xiDeviceState = 30 // of version 1: which keys and buttons are down
	xiVersion     = 47
	xiDevices     = 48
	xiProperty    = 59

	xiSlaves = 3 // 3 pointer, 4 keyboard; 1 and 2 are what these move together
)

// counter is how long one device has been idle, in milliseconds.
type counter struct {
	id     uint32
	device uint16
}

// devices are the display's mice, keyboards and the like, as far as somebody
// touches them: what programs press is left out.
type devices struct {
	conn           *xgb.Conn
	sync, xi, told byte // requests of the two extensions; the event that tells of an alarm
	fake           xproto.Atom
	alarms         map[counter]bool
}

func openDevices(conn *xgb.Conn) (*devices, error) {
	s, err := x11.Use(conn, "SYNC")
	if err != nil {
		return nil, err
	}
	xi, err := x11.Use(conn, "XInputExtension")
	if err != nil {
		return nil, err
	}
	d := &devices{conn: conn, sync: s.Major, xi: xi.Major, told: s.Event + syncAlarmNotify, alarms: map[counter]bool{}}
	if _, err := ask(conn, []byte{d.sync, syncStart, 2, 0, 3, 1, 0, 0}); err != nil {
		return nil, err
	}
	if _, err := ask(conn, []byte{d.xi, xiVersion, 2, 0, 2, 0, 0, 0}); err != nil {
		return nil, err
	}
	const name = "XTEST Device" // the server's own property of devices that programs press
	atom, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
	if err == nil {
		d.fake = atom.Atom
	}
	return d, err
}

// watch has the server tell when a device that has not been watched is used,
// and forgets those that are gone.
func (d *devices) watch() error {
	real, err := d.real()
	if err != nil {
		return err
	}
	reply, err := ask(d.conn, []byte{d.sync, syncCounters, 1, 0})
	if err != nil {
		return err
	}
	now := map[counter]bool{}
	for _, c := range parseCounters(reply) {
		if !real[c.device] {
			continue
		}
		now[c] = true
		if d.alarms[c] {
			continue
		}
		if err := d.alarm(c.id); err != nil {
			return err
		}
	}
	d.alarms = now // the server drops an alarm with its counter
	return nil
}

// alarm is told each time that a device is used again.
func (d *devices) alarm(id uint32) error {
	alarm, err := d.conn.NewId()
	if err != nil {
		return err
	}
	b := []byte{d.sync, syncAlarm, 9, 0}
	for _, n := range []uint32{alarm, syncAlarmParts, id, 0, uint32(ownAlarm / time.Millisecond), syncFalls, 0, 0} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	cookie := d.conn.NewCookie(true, false)
	d.conn.NewRequest(b, cookie)
	return cookie.Check()
}

// real are the devices that somebody can touch.
func (d *devices) real() (map[uint16]bool, error) {
	reply, err := ask(d.conn, []byte{d.xi, xiDevices, 2, 0, 0, 0, 0, 0})
	if err != nil {
		return nil, err
	}
	real := map[uint16]bool{}
	for _, id := range parseSlaves(reply) {
		b := []byte{d.xi, xiProperty, 6, 0, byte(id), byte(id >> 8), 0, 0}
		for _, n := range []uint32{uint32(d.fake), 0, 0, 1} {
			b = binary.LittleEndian.AppendUint32(b, n)
		}
		value, err := ask(d.conn, b)
		if err != nil {
			continue // it was just pulled out
		}
		real[id] = len(value) < 33 || value[20] == 0 || value[32] == 0 // no such property, or off
	}
	return real, nil
}

// idle is for how long nobody has used any device, and whether a key or button
// of one is down.
func (d *devices) idle() (idle time.Duration, down bool, err error) {
	idle = ownHeld
	for c := range d.alarms {
		reply, err := ask(d.conn, binary.LittleEndian.AppendUint32([]byte{d.sync, syncQuery, 2, 0}, c.id))
		if err != nil {
			continue // it was just pulled out
		}
		ms := int64(binary.LittleEndian.Uint32(reply[8:]))<<32 | int64(binary.LittleEndian.Uint32(reply[12:]))
		idle = min(idle, time.Duration(min(max(ms, 0), int64(ownHeld/time.Millisecond)))*time.Millisecond)
		reply, err = ask(d.conn, []byte{d.xi, xiDeviceState, 2, 0, byte(c.device), 0, 0, 0})
		down = down || err == nil && parseDown(reply)
	}
	_, err = xproto.GetInputFocus(d.conn).Reply() // says whether the display is still there
	return idle, down, err
}
