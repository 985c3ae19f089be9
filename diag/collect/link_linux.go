package collect

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// linkOf reads /sys/class/net/NAME and /proc/net/wireless below root.
// An interface without hardware, or one that is down, has no link.
func linkOf(root, name string) *LinkFacts {
	dir := filepath.Join("/", root, "sys/class/net", filepath.Base(name))
	carrier, err := os.ReadFile(filepath.Join(dir, "carrier"))
	if err != nil {
		return nil // down: the kernel refuses to read it
	}
	l := &LinkFacts{Carrier: strings.TrimSpace(string(carrier)) == "1"}
	l.Speed = max(0, numberIn(filepath.Join(dir, "speed")))
	if d, err := os.ReadFile(filepath.Join(dir, "duplex")); err == nil {
		if text := strings.TrimSpace(string(d)); text != "unknown" {
			l.Duplex = text
		}
	}
	l.Changes = max(0, numberIn(filepath.Join(dir, "carrier_changes")))
	if text, err := os.ReadFile(filepath.Join("/", root, "proc/net/wireless")); err == nil {
		l.SignalDBM = signal(string(text), name)
	}
	return l
}

// numberIn reads a file that has one number; -1 if it does not.
func numberIn(path string) int {
	text, err := os.ReadFile(path)
	if err != nil {
		return -1
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return -1
	}
	return n
}

// signal finds an interface's level in /proc/net/wireless:
// "wlan0: 0000   54.  -56.  -256  ..." is name, status, quality, level.
func signal(table, name string) *float64 {
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) < 4 || fields[0] != name+":" {
			continue
		}
		level, err := strconv.ParseFloat(strings.TrimSuffix(fields[3], "."), 64)
		// Some drivers count from 0 up; that is no dBm.
		if err != nil || math.IsNaN(level) || level >= 0 || level < -120 {
			return nil
		}
		return &level
	}
	return nil
}
