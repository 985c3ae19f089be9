//go:build unix

package collect

import (
	"testing"
	"time"
)

func TestDisks(t *testing.T) {
	got := collected[DisksFacts](t, disks{plant(t, "notebook")}, "system/disks.json")
	same(t, DisksFacts{
		Disks: []Disk{
			{
				Name: "nvme0n1", Model: "SAMSUNG MZVL2512HCJQ-00BL7", Firmware: "CL1QGXA7", Kind: "solid state", Transport: "nvme", Size: 512110190592,
				State: "live", Scheduler: "none", Read: 40960000, Written: 81920000, Busy: 1.2, Waiting: 3,
				Partitions: []Partition{{Name: "nvme0n1p1", Size: 536870912}, {Name: "nvme0n1p2", Size: 511571968000}},
			},
			{
				Name: "sda", Model: "ST4000DM004", Firmware: "0001", Kind: "rotating", Transport: "sata", Size: 4000787030016, State: "running",
				Scheduler: "mq-deadline", Errors: new(uint64(17)), Partitions: []Partition{{Name: "sda1", Size: 4000786153472, Label: "My Data"}},
			},
			{Name: "zram0", Kind: "compressed memory", Size: 1048576},
		},
		Arrays: []Array{
			{Name: "md0", Level: "raid1", State: "active", Disks: 2, Working: 1, Degraded: true, Failed: []string{"sdc1"}, Progress: "recovery 12.6 %"},
			{Name: "md1", State: "inactive"},
		},
	}, got)
	got = collected[DisksFacts](t, disks{plant(t, "windows")}, "system/disks.json")
	same(t, []Disk{
		{Name: "disk 0", Vendor: "NVMe", Model: "SAMSUNG MZVL2512", Transport: "scsi"},
		{Name: "disk 1", Vendor: "SanDisk", Model: "Ultra", Firmware: "1.00", Transport: "usbstor", Removable: true},
	}, got.Disks)
	got = collected[DisksFacts](t, disks{plant(t, "mac")}, "system/disks.json")
	same(t, []Disk{{
		Name: "disk0", Model: "APPLE SSD AP0512Z", Firmware: "532.120.", Kind: "solid state", Transport: "nvme", Size: 500277792768,
		Partitions: []Partition{{Name: "disk0s1", Size: 524288000, Label: "disk0s1"}},
	}}, got.Disks)
	without(t, disks{plant(t, "server")})
}

func TestSmart(t *testing.T) {
	got := collected[SmartFacts](t, smart{plant(t, "notebook")}, "system/smart.json")
	same(t, SmartFacts{Disks: []Smart{
		{
			Name: "nvme0n1", Model: "SAMSUNG MZVL2512HCJQ-00BL7", Firmware: "CL1QGXA7", Passed: new(true), Temperature: new(41.0), PowerOnHours: new(uint64(4021)),
			PowerCycles: new(uint64(812)), MediaErrors: new(uint64(0)), Warning: new(uint64(0)), Worn: new(3.0), Spare: new(100.0), LoggedErrors: new(uint64(12)),
		},
		{
			Name: "sda", Model: "ST4000DM004", Firmware: "0001", Passed: new(false), Temperature: new(52.0), PowerOnHours: new(uint64(31234)),
			Reallocated: new(uint64(1208)), Pending: new(uint64(16)), Uncorrectable: new(uint64(4)), CableErrors: new(uint64(2)),
			SelfTest: "Completed: read failure", LoggedErrors: new(uint64(5)),
		},
	}}, got)
	m := plant(t, "notebook")
	m.programs = answered{}
	without(t, smart{m}) // smartctl is not installed
	for text, problem := range map[string]string{
		"no JSON": "smartctl's answer could not be read",
		`{"smartctl":{"messages":[{"string":"Smartctl open device: /dev/sda failed: Permission denied","severity":"error"}]}}`: "Smartctl open device: /dev/sda failed: Permission denied",
		"{}": "the drive does not tell its health",
	} {
		if s := parseSmart("sda", []byte(text)); s.Problem != problem {
			t.Errorf("%q: %q", text, s.Problem)
		}
	}
}

func TestBoard(t *testing.T) {
	got := collected[BoardFacts](t, board{plant(t, "notebook")}, "system/board.json")
	same(t, BoardFacts{
		Vendor: "LENOVO", Product: "20XW", Version: "ThinkPad X1 Carbon Gen 9", Family: "ThinkPad X1", Chassis: "notebook", BoardVendor: "LENOVO", Board: "20XW",
		BIOSVendor: "LENOVO", BIOSVersion: "N32ET75W (1.51 )", BIOSDate: "05/10/2025", Firmware: "UEFI", SecureBoot: new(true), TPM: "2.0",
		Memory: []Module{{"DIMM A", 8 << 30, "DDR4", 3200}, {Slot: "DIMM B"}, {"DIMM C", 64 << 30, "DDR5", 4800}},
	}, got)
	got = collected[BoardFacts](t, board{plant(t, "windows")}, "system/board.json")
	same(t, BoardFacts{
		Vendor: "Dell Inc.", Product: "OptiPlex 7090", BoardVendor: "Dell Inc.", Board: "0JXC1H", BIOSVendor: "Dell Inc.", BIOSVersion: "1.22.1",
		BIOSDate: "11/02/2025", Firmware: "UEFI", SecureBoot: new(true),
	}, got)
	got = collected[BoardFacts](t, board{plant(t, "mac")}, "system/board.json")
	same(t, BoardFacts{Vendor: "Apple", Product: "MacBook Pro", Version: "Mac14,9", BIOSVersion: "10151.121.1", Firmware: "iBoot"}, got)
	got = collected[BoardFacts](t, board{plant(t, "server")}, "system/board.json")
	same(t, BoardFacts{Product: "Raspberry Pi 4 Model B"}, got)
}

func TestGPU(t *testing.T) {
	got := collected[GPUFacts](t, gpu{plant(t, "notebook")}, "system/gpu.json")
	same(t, []GPU{
		{Name: "TigerLake-LP GT2 [Iris Xe Graphics]", Vendor: "Intel Corporation", Identifier: "8086:9a49", Address: "0000:00:02.0", Driver: "i915", Primary: true},
		{Name: "NVIDIA GeForce GTX 1650", Vendor: "NVIDIA Corporation", Identifier: "10de:1f99", Address: "0000:01:00.0", Driver: "nvidia", DriverVersion: "550.54"},
	}, got.Adapters)
	got = collected[GPUFacts](t, gpu{plant(t, "windows")}, "system/gpu.json")
	same(t, []GPU{{
		Name: "Intel(R) UHD Graphics 750", Vendor: "Intel Corporation", Identifier: `PCI\VEN_8086&DEV_4C8A`, DriverVersion: "31.0.101.2130",
		DriverDate: new(time.Date(2024, 6, 20, 0, 0, 0, 0, time.UTC)), Memory: 8 << 30,
	}}, got.Adapters)
	got = collected[GPUFacts](t, gpu{plant(t, "mac")}, "system/gpu.json")
	same(t, []GPU{{Name: "Apple M2 Pro", Vendor: "Apple", Driver: "metal3"}}, got.Adapters)
	without(t, gpu{plant(t, "server")})
}

func TestDisplays(t *testing.T) {
	got := collected[DisplaysFacts](t, displays{machine: plant(t, "notebook")}, "system/displays.json")
	same(t, DisplaysFacts{Session: "wayland", Displays: []Display{{
		Name: "HDMI-A-1", Monitor: "DEL DELL U2722D", Width: 2560, Height: 1440, Refresh: 59.95, WidthMM: 597, HeightMM: 336, Density: 108.92,
		Scale: new(125.0), Connected: true,
	}}}, got)
	got = collected[DisplaysFacts](t, displays{machine: plant(t, "mac")}, "system/displays.json")
	same(t, DisplaysFacts{Displays: []Display{{
		Name: "Color LCD", Monitor: "Color LCD", Width: 3024, Height: 1964, Refresh: 120, Scale: new(200.0), Primary: true, Connected: true,
	}}}, got)
	without(t, displays{machine: plant(t, "server")})
}

func TestBattery(t *testing.T) {
	got := collected[BatteryFacts](t, battery{plant(t, "notebook")}, "system/battery.json")
	same(t, BatteryFacts{External: new(false), Batteries: []Battery{
		{
			Name: "BAT0", Model: "SMP 5B10W", Technology: "Li-poly", Status: "discharging", Charge: new(62.0), Health: new(75.0),
			Cycles: new(uint64(341)), Remaining: new(7200.0),
		},
		{Name: "hidpp_battery_0", Model: "MX Mouse", Status: "unknown", Charge: new(80.0), Device: true},
	}}, got)
	got = collected[BatteryFacts](t, battery{plant(t, "mac")}, "system/battery.json")
	same(t, BatteryFacts{External: new(true), Batteries: []Battery{{
		Name: "bq40z651", Status: "charging", Charge: new(71.0), Health: new(87.0), Cycles: new(uint64(212)),
	}}}, got)
	without(t, battery{plant(t, "server")})
}

func TestSensors(t *testing.T) {
	got := collected[SensorsFacts](t, sensors{plant(t, "notebook")}, "system/sensors.json")
	same(t, SensorsFacts{
		Temperatures: []Temperature{{"coretemp Package id 0", 97, new(100.0), new(105.0)}},
		Fans:         []Fan{{"thinkpad fan1", 0, true}}, Throttled: new(uint64(12)),
	}, got)
	got = collected[SensorsFacts](t, sensors{plant(t, "server")}, "system/sensors.json")
	same(t, SensorsFacts{Temperatures: []Temperature{{Name: "cpu-thermal", Celsius: 61.5}}}, got)
	without(t, sensors{plant(t, "windows")})
}

// FuzzHardware holds that no firmware's tables bring the readers to fall.
func FuzzHardware(f *testing.F) {
	f.Add([]byte{17, 0x22, 0, 0}, "md0 : active raid1 sdc1[1](F)\n [2/1] [U_]")
	f.Add(make([]byte, 128), "")
	f.Fuzz(func(_ *testing.T, b []byte, text string) {
		memoryModules(b)
		new(Display).edid(append([]byte{0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0}, b...))
		binaryTexts(append([]byte(binaryMark), b...))
		parseSmart("sda", b)
		parsePlist(text)
		parseArrays(text)
		parseMounts(text)
		parsePressure(text)
		pciIDs(text, "8086", "9a49")
	})
}
