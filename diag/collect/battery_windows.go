package collect

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// powerStatus is SYSTEM_POWER_STATUS (winbase.h).
type powerStatus struct {
	line, flag, percent, saver byte
	seconds, fullSeconds       uint32
}

// system asks Windows, which speaks of all batteries as one.
func (f *BatteryFacts) system() {
	var p powerStatus
	ask := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetSystemPowerStatus")
	if ask.Find() != nil {
		return
	}
	if ok, _, _ := ask.Call(uintptr(unsafe.Pointer(&p))); ok == 0 {
		return
	}
	const unknown, none, charging = 255, 128, 8
	if p.line != unknown {
		on := p.line == 1
		f.External = &on
	}
	if p.flag == unknown || p.flag&none != 0 {
		return
	}
	b := Battery{Name: "all batteries", Status: "discharging"}
	switch {
	case p.flag&charging != 0:
		b.Status = "charging"
	case p.line == 1:
		b.Status = "not charging"
	}
	if p.percent != unknown {
		n := float64(p.percent)
		b.Charge = &n
	}
	if p.seconds != ^uint32(0) {
		n := float64(p.seconds)
		b.Remaining = &n
	}
	f.Batteries = append(f.Batteries, b)
}
