package collect

import (
	"context"
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"
)

// displayDevice is DISPLAY_DEVICEW (wingdi.h).
type displayDevice struct {
	size   uint32
	name   [32]uint16
	text   [128]uint16
	flags  uint32
	id     [128]uint16
	driver [128]uint16
}

// displayMode is DEVMODEW (wingdi.h), of which the display's part is used.
type displayMode struct {
	_             [32]uint16
	_, _          uint16
	size, _       uint16
	_             uint32
	x, y          int32
	_, _          uint32
	_             [5]int16
	_             [32]uint16
	_             uint16
	_             uint32
	width, height uint32
	_, refresh    uint32
	_             [8]uint32
}

// askDesktop asks Windows for its displays and how it scales.
func askDesktop(_ context.Context, f *DisplaysFacts) error {
	user32 := windows.NewLazySystemDLL("user32.dll")
	devices, settings := user32.NewProc("EnumDisplayDevicesW"), user32.NewProc("EnumDisplaySettingsW")
	if devices.Find() != nil || settings.Find() != nil {
		return errors.New("this Windows cannot be asked for its displays")
	}
	const attached, primary, current = 1, 4, ^uintptr(0)
	for i := uintptr(0); i < 64; i++ {
		d := displayDevice{size: uint32(unsafe.Sizeof(displayDevice{}))}
		if ok, _, _ := devices.Call(0, i, uintptr(unsafe.Pointer(&d)), 0); ok == 0 {
			break
		}
		if d.flags&attached == 0 {
			continue
		}
		m := displayMode{size: uint16(unsafe.Sizeof(displayMode{}))}
		one := Display{Name: windows.UTF16ToString(d.name[:]), Connected: true, Primary: d.flags&primary != 0}
		if ok, _, _ := settings.Call(uintptr(unsafe.Pointer(&d.name[0])), current, uintptr(unsafe.Pointer(&m))); ok != 0 {
			one.Width, one.Height, one.X, one.Y, one.Refresh = int(m.width), int(m.height), int(m.x), int(m.y), float64(m.refresh)
		}
		monitor := displayDevice{size: d.size}
		if ok, _, _ := devices.Call(uintptr(unsafe.Pointer(&d.name[0])), 0, uintptr(unsafe.Pointer(&monitor)), 0); ok != 0 {
			one.Monitor = windows.UTF16ToString(monitor.text[:])
		}
		f.Displays = append(f.Displays, one)
	}
	if dpi := user32.NewProc("GetDpiForSystem"); dpi.Find() == nil {
		n, _, _ := dpi.Call()
		f.Scale = new(round(float64(n) / 96 * 100))
	}
	return nil
}
