package input

import (
	"encoding/binary"

	"github.com/jezek/xgb"
)

// DeviceReplies are a server's own about its devices.
func DeviceReplies(conn *xgb.Conn) (all [][]byte, err error) {
	d, err := openDevices(conn)
	if err != nil {
		return nil, err
	}
	for _, b := range [][]byte{{d.xi, xiDevices, 2, 0, 0, 0, 0, 0}, {d.sync, syncCounters, 1, 0}, {d.xi, xiDeviceState, 2, 0, 3, 0, 0, 0}} {
		reply, err := ask(conn, b)
		if err != nil {
			return nil, err
		}
		all = append(all, reply)
	}
	return all, nil
}

// ParseDevices reads one in every way.
func ParseDevices(reply []byte) (slaves, counters int, down bool) {
	return len(parseSlaves(reply)), len(parseCounters(reply)), parseDown(reply)
}

// DeviceNames are the names of a server's devices.
func DeviceNames(conn *xgb.Conn) (map[uint16]string, error) {
	all, err := DeviceReplies(conn)
	if err != nil {
		return nil, err
	}
	names := map[uint16]string{}
	for rest := all[0][32:]; len(rest) >= 12; {
		n, classes := int(binary.LittleEndian.Uint16(rest[8:])), int(binary.LittleEndian.Uint16(rest[6:]))
		names[binary.LittleEndian.Uint16(rest)] = string(rest[12 : 12+n])
		rest = rest[12+padded(n):]
		for range classes {
			rest = rest[4*int(binary.LittleEndian.Uint16(rest[2:])):]
		}
	}
	return names, nil
}

// SymOfName is symOfName.
var SymOfName = symOfName

// ParseKeymap is parseKeymap, with every key looked at under all modifiers.
func ParseKeymap(reply []byte) error {
	m, err := parseKeymap(reply)
	if err != nil {
		return err
	}
	for i := range m.keys {
		for group := range 5 {
			for mods := range 256 {
				m.sym(&m.keys[i], keyState{mods: byte(mods), group: group})
			}
		}
	}
	return nil
}

// RuneOf is runeOf.
var RuneOf = runeOf
