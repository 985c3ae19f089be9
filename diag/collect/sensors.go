package collect

import (
	"context"
	"strconv"
	"strings"
)

// SensorsFacts is how warm the machine is and how it is cooled.
type SensorsFacts struct {
	Temperatures []Temperature `json:"temperatures"`
	Fans         []Fan         `json:"fans,omitempty"`
	Throttled    *uint64       `json:"throttled_times,omitempty"` // how often a processor was slowed down because of heat, since the start
}

// Temperature is one sensor's.
type Temperature struct {
	Name     string   `json:"name"` // chip and label: "coretemp Package id 0"
	Celsius  float64  `json:"temperature_celsius"`
	High     *float64 `json:"high_celsius,omitempty"`
	Critical *float64 `json:"critical_celsius,omitempty"`
}

// Fan is one ventilator.
type Fan struct {
	Name  string `json:"name"`
	Speed uint64 `json:"rotations_per_minute"`
	Alarm bool   `json:"alarm"`
}

// sensors is read of /sys/class/hwmon and /sys/class/thermal. Windows and
// macOS tell temperatures only to administrators or drivers.
type sensors struct{ machine }

func (sensors) Name() string  { return "sensors" }
func (sensors) Title() string { return titleSensors }

func (c sensors) Collect(_ context.Context, s Sink) error {
	f := SensorsFacts{Temperatures: []Temperature{}}
	if c.system == "linux" {
		f.hwmon(c.machine)
		f.zones(c.machine)
		f.throttled(c.machine)
	}
	if len(f.Temperatures) == 0 && len(f.Fans) == 0 {
		return absent("this system tells neither temperatures nor fans")
	}
	return writeFacts(s, "system/sensors.json", titleSensors, f)
}

// hwmon reads Documentation/hwmon/sysfs-interface.rst: temperatures in
// thousandths of a degree, fans in rotations per minute.
func (f *SensorsFacts) hwmon(m machine) {
	const dir = "/sys/class/hwmon/"
	for _, chip := range m.names(dir) {
		at := dir + chip + "/"
		name := m.text(at + "name")
		for _, file := range m.names(at) {
			sensor, ok := strings.CutSuffix(file, "_input")
			if !ok {
				continue
			}
			label := strings.TrimSpace(name + " " + m.text(at+sensor+"_label"))
			if m.text(at+sensor+"_label") == "" {
				label = name + " " + sensor
			}
			switch {
			case strings.HasPrefix(sensor, "temp"):
				if c := m.celsius(at + file); c != nil {
					f.Temperatures = append(f.Temperatures, Temperature{label, *c, m.celsius(at + sensor + "_max"), m.celsius(at + sensor + "_crit")})
				}
			case strings.HasPrefix(sensor, "fan"):
				if n := m.number(at + file); n != nil {
					f.Fans = append(f.Fans, Fan{label, *n, m.text(at+sensor+"_alarm") == "1"})
				}
			}
		}
	}
}

// zones reads what the kernel cools by, where there are no chips (most ARM boards).
func (f *SensorsFacts) zones(m machine) {
	const dir = "/sys/class/thermal/"
	if len(f.Temperatures) > 0 {
		return
	}
	for _, zone := range m.names(dir) {
		if c := m.celsius(dir + zone + "/temp"); c != nil && strings.HasPrefix(zone, "thermal_zone") {
			f.Temperatures = append(f.Temperatures, Temperature{Name: m.text(dir + zone + "/type"), Celsius: *c})
		}
	}
}

// celsius reads thousandths of a degree; nil for what no sensor can mean.
func (m machine) celsius(file string) *float64 {
	n, err := strconv.ParseInt(m.text(file), 10, 64)
	if err != nil || n < -100_000 || n > 250_000 {
		return nil
	}
	c := float64(n) / 1000
	return &c
}

// throttled adds up how often cores or their packages were slowed down.
func (f *SensorsFacts) throttled(m machine) {
	const dir = "/sys/devices/system/cpu/"
	for _, cpu := range m.names(dir) {
		if n := m.number(dir + cpu + "/thermal_throttle/core_throttle_count"); n != nil {
			sum := *n
			if f.Throttled != nil {
				sum += *f.Throttled
			}
			f.Throttled = &sum
		}
	}
}
