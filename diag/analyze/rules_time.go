package analyze

import (
	"fmt"
	"math"
	"time"

	"github.com/beistand/beistand/diag/collect"
)

func timeRules() []Rule {
	return []Rule{
		{
			ID: "clock-skew", Severity: Warning,
			Say:  "The machine's clock is wrong by {{.Skew}}.",
			Do:   "Set the clock and let it be kept by a time server; programs refuse certificates and sign-ins when it is wrong.",
			When: "The clock differs from a time server by 5 s, or from a service's answer by 30 s; critical from 5 minutes on.",
			find: func(e *evidence) []hit {
				worst, ref, from := 0.0, Ref{}, ""
				look := func(skew *float64, least float64, at Ref, name string) {
					if skew != nil && math.Abs(*skew) >= least && math.Abs(*skew) > math.Abs(worst) {
						worst, ref, from = *skew, at, name
					}
				}
				if c, ok := read[collect.ClockFacts](e, "clock"); ok {
					for i, s := range c.v.Servers {
						look(s.Skew, 5, c.at("servers", i), s.Server)
					}
				}
				if p, ok := read[collect.EndpointsFacts](e, "endpoints"); ok {
					for i, s := range p.v.Endpoints {
						look(s.Skew, 30, p.at("endpoints", i, "clock_ahead_seconds"), s.URL)
					}
				}
				if worst == 0 {
					return nil
				}
				h := hit{data: data("Skew", duration(worst)), detail: fmt.Sprintf("%+.1f s against %s; + is ahead", worst, from), refs: []Ref{ref}}
				if math.Abs(worst) >= 300 {
					h.severity = Critical
				}
				return one(h)
			},
		},
		{
			ID: "clock-years-off", Severity: Critical,
			Say:  "The machine's clock shows a wrong year: {{.Date}}.",
			Do:   "Set the clock; replace the small battery on the board if it happens again.",
			When: "The clock stands before 2024 or after 2100, or before the system was installed.",
			find: func(e *evidence) []hit {
				h, ok := read[collect.HostFacts](e, "host")
				if !ok || h.v.Now.IsZero() {
					return nil
				}
				early := h.v.Installed != nil && h.v.Now.Before(h.v.Installed.Add(-48*time.Hour))
				if y := h.v.Now.Year(); y >= 2024 && y <= 2100 && !early {
					return nil
				}
				return one(hit{data: data("Date", day(h.v.Now)), refs: []Ref{h.at("clock_time")}})
			},
		},
		{
			ID: "clock-not-kept", Severity: Info,
			Say:  "Nothing keeps the machine's clock right.",
			Do:   "Turn on the system's time service.",
			When: "The system says that its clock is not synchronised.",
			find: func(e *evidence) []hit {
				c, ok := read[collect.ClockFacts](e, "clock")
				if !ok || c.v.Synchronised == nil || *c.v.Synchronised {
					return nil
				}
				return one(hit{detail: "time service: " + c.v.Service, refs: []Ref{c.at("synchronised")}})
			},
		},
		{
			ID: "hardware-clock-skew", Severity: Info,
			Say:  "The clock on the board differs from the system's by {{.Skew}}.",
			Do:   "Let the system write its time to the board; replace the small battery there if it goes on.",
			When: "The hardware clock differs by at least 60 s.",
			find: func(e *evidence) []hit {
				c, ok := read[collect.ClockFacts](e, "clock")
				if !ok || c.v.HardwareSkew == nil || math.Abs(*c.v.HardwareSkew) < 60 {
					return nil
				}
				return one(hit{data: data("Skew", duration(*c.v.HardwareSkew)), refs: []Ref{c.at("hardware_clock_skew_seconds")}})
			},
		},
		{
			ID: "time-zone-odd", Severity: Info,
			Say:  "The time zone looks wrong: {{.Zone}} on a machine that people sit at.",
			Do:   "Set the zone of the place where the machine is used; else times in logs and appointments are shifted.",
			When: "A machine with a screen is set to UTC, the zone has no name, or its distance from UTC is no multiple of a quarter of an hour.",
			find: func(e *evidence) []hit {
				c, ok := read[collect.ClockFacts](e, "clock")
				if !ok {
					return nil
				}
				d, _ := read[collect.DisplaysFacts](e, "displays")
				utc := c.v.Zone == "UTC" || c.v.Zone == "Etc/UTC" || c.v.Zone == ""
				if math.Mod(c.v.Offset, 900) == 0 && (!utc || len(d.v.Displays) == 0) {
					return nil
				}
				zone := c.v.Zone
				if zone == "" {
					zone = c.v.Abbreviation
				}
				return one(hit{data: data("Zone", zone), detail: fmt.Sprintf("%+.0f s from UTC", c.v.Offset), refs: []Ref{c.at("time_zone")}})
			},
		},
	}
}
