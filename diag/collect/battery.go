package collect

import (
	"context"
	"strings"
)

// BatteryFacts is what the machine is fed from.
type BatteryFacts struct {
	External  *bool     `json:"external_power,omitempty"` // nil: not known
	Batteries []Battery `json:"batteries"`
}

// Battery is one of the machine's or of a device's. nil: it does not say.
type Battery struct {
	Name       string   `json:"name"`
	Model      string   `json:"model,omitempty"`
	Technology string   `json:"technology,omitempty"`
	Status     string   `json:"status,omitempty"` // "charging", "discharging", "full", "not charging"
	Charge     *float64 `json:"charge_percent,omitempty"`
	Health     *float64 `json:"health_percent,omitempty"` // what it holds of what it was made for
	Cycles     *uint64  `json:"cycles,omitempty"`
	Remaining  *float64 `json:"remaining_seconds,omitempty"`
	Device     bool     `json:"of_a_device"` // a mouse's, say, not the machine's
}

// battery is read of /sys/class/power_supply, system_profiler or Windows itself.
type battery struct{ machine }

func (battery) Name() string  { return "battery" }
func (battery) Title() string { return titleBattery }

func (c battery) Collect(ctx context.Context, s Sink) error {
	f := BatteryFacts{Batteries: []Battery{}}
	switch c.system {
	case "linux":
		f.linux(c.machine)
	case "darwin":
		all, err := c.profiler(ctx, "SPPowerDataType")
		if err != nil {
			return err
		}
		f.mac(all["SPPowerDataType"])
	default:
		f.system()
	}
	if len(f.Batteries) == 0 {
		return absent("this machine has no battery")
	}
	return writeFacts(s, "system/battery.json", titleBattery, f)
}

// linux reads Documentation/ABI/testing/sysfs-class-power.
func (f *BatteryFacts) linux(m machine) {
	const dir = "/sys/class/power_supply/"
	for _, name := range m.names(dir) {
		at := dir + name + "/"
		switch m.text(at + "type") {
		case "Mains", "USB":
			if n := m.number(at + "online"); n != nil {
				on := *n == 1 || f.External != nil && *f.External
				f.External = &on
			}
		case "Battery":
			if m.text(at+"present") == "0" {
				continue
			}
			f.Batteries = append(f.Batteries, m.battery(name, at))
		}
	}
}

func (m machine) battery(name, at string) Battery {
	b := Battery{
		Name: name, Model: strings.TrimSpace(m.text(at+"manufacturer") + " " + m.text(at+"model_name")), Technology: m.text(at + "technology"),
		Status: strings.ToLower(m.text(at + "status")), Charge: percent(m.number(at+"capacity"), nil), Device: m.text(at+"scope") == "Device",
	}
	if n := m.number(at + "cycle_count"); n != nil && *n > 0 { // 0: the battery does not count
		b.Cycles = n
	}
	for _, unit := range []string{"energy", "charge"} { // in µWh or µAh, as the firmware has it
		full, design := m.number(at+unit+"_full"), m.number(at+unit+"_full_design")
		if b.Health == nil {
			b.Health = percent(full, design)
		}
		if b.Charge == nil {
			b.Charge = percent(m.number(at+unit+"_now"), full)
		}
		rate := m.number(at + map[string]string{"energy": "power", "charge": "current"}[unit] + "_now")
		now := m.number(at + unit + "_now")
		if b.Status == "discharging" && rate != nil && *rate > 0 && now != nil && b.Remaining == nil {
			left := round(float64(*now) / float64(*rate) * 3600)
			b.Remaining = &left
		}
	}
	return b
}

// percent is a part of a whole, of 100 if whole is nil; nil if it is not known.
func percent(part, whole *uint64) *float64 {
	switch {
	case part == nil || whole != nil && *whole == 0:
		return nil
	case whole == nil:
		p := float64(*part)
		return &p
	}
	p := round(float64(*part) / float64(*whole) * 100)
	return &p
}

func (f *BatteryFacts) mac(all []map[string]any) {
	for _, v := range all {
		if connected := entryText(v, "sppower_battery_charger_connected"); connected != "" {
			on := connected == "TRUE"
			f.External = &on
		}
		charge, health := entry(v["sppower_battery_charge_info"]), entry(v["sppower_battery_health_info"])
		if charge == nil {
			continue
		}
		b := Battery{Name: entryText(entry(v["sppower_battery_model_info"]), "sppower_battery_device_name"), Status: "discharging"}
		switch {
		case entryText(charge, "sppower_battery_fully_charged") == "TRUE":
			b.Status = "full"
		case entryText(charge, "sppower_battery_is_charging") == "TRUE":
			b.Status = "charging"
		}
		b.Charge = jsonNumber(charge["sppower_battery_state_of_charge"])
		if n := jsonNumber(health["sppower_battery_cycle_count"]); n != nil && *n >= 0 {
			cycles := uint64(*n)
			b.Cycles = &cycles
		}
		b.Health = parsePercent(entryText(health, "sppower_battery_health_maximum_capacity"))
		f.Batteries = append(f.Batteries, b)
	}
}

func jsonNumber(v any) *float64 {
	if n, ok := v.(float64); ok {
		return &n
	}
	return nil
}

// parsePercent reads "87%".
func parsePercent(s string) *float64 {
	n := parseNumber(strings.TrimSpace(strings.TrimSuffix(s, "%")))
	return percent(n, nil)
}
