package input

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// replies are read as far as they are whole: what is cut short ends the list.

// padded is n rounded up to what the protocol pads to.
func padded(n int) int { return (n + 3) &^ 3 }

// parseCounters reads a reply of SyncListSystemCounters: those that say how
// long a device has been idle.
func parseCounters(reply []byte) (all []counter) {
	if len(reply) < 32 {
		return nil
	}
	rest := reply[32:]
	for range binary.LittleEndian.Uint32(reply[8:]) {
		if len(rest) < 14 {
			break
		}
		name := 14 + int(binary.LittleEndian.Uint16(rest[12:]))
		if len(rest) < name {
			break
		}
		if number, ok := strings.CutPrefix(string(rest[14:name]), "DEVICEIDLETIME "); ok {
			if n, err := strconv.ParseUint(number, 10, 8); err == nil {
				all = append(all, counter{binary.LittleEndian.Uint32(rest), uint16(n)})
			}
		}
		rest = rest[min(padded(name), len(rest)):]
	}
	return all
}

// parseSlaves reads a reply of XIQueryDevice: the devices that move the others.
func parseSlaves(reply []byte) (all []uint16) {
	if len(reply) < 32 {
		return nil
	}
	rest := reply[32:]
	for range binary.LittleEndian.Uint16(reply[8:]) {
		if len(rest) < 12 {
			break
		}
		id, use := binary.LittleEndian.Uint16(rest), binary.LittleEndian.Uint16(rest[2:])
		classes, name := int(binary.LittleEndian.Uint16(rest[6:])), int(binary.LittleEndian.Uint16(rest[8:]))
		if (use == xiSlaves || use == xiSlaves+1) && rest[10] != 0 { // enabled
			all = append(all, id)
		}
		rest = rest[min(12+padded(name), len(rest)):]
		for range classes {
			if len(rest) < 4 {
				return all
			}
			n := 4 * int(binary.LittleEndian.Uint16(rest[2:]))
			if n == 0 || n > len(rest) {
				return all
			}
			rest = rest[n:]
		}
	}
	return all
}

// parseDown reads a reply of QueryDeviceState: whether a key or button is down.
func parseDown(reply []byte) bool {
	if len(reply) < 32 {
		return false
	}
	rest := reply[32:]
	for range reply[8] {
		if len(rest) < 4 || rest[1] < 4 || int(rest[1]) > len(rest) {
			return false
		}
		class, part := rest[0], rest[:rest[1]]
		for _, b := range part[4:] {
			if class < 2 && b != 0 { // 0 keys, 1 buttons, both as bits
				return true
			}
		}
		rest = rest[rest[1]:]
	}
	return false
}
