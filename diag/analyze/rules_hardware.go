package analyze

import (
	"fmt"
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

func hardwareRules() []Rule {
	return []Rule{
		{
			ID: "temperature-high", Severity: Warning,
			Say:  "The machine is too hot: {{.Sensor}} has {{.Celsius}} °C.",
			Do:   "Clean the fans and make sure that air can pass.",
			When: "A sensor is at its own limit, or at 95 °C if it names none; critical at its critical limit.",
			find: func(e *evidence) []hit {
				s, _ := read[collect.SensorsFacts](e, "sensors")
				var hits []hit
				for i, t := range s.v.Temperatures {
					high, critical := 95.0, 110.0
					if t.High != nil && *t.High > 40 && *t.High < 150 {
						high = *t.High
					}
					if t.Critical != nil && *t.Critical > 40 && *t.Critical < 150 {
						critical = *t.Critical
					}
					if t.Celsius < high || t.Celsius > 200 {
						continue
					}
					h := hit{data: data("Sensor", t.Name, "Celsius", fmt.Sprintf("%.0f", t.Celsius)), detail: fmt.Sprintf("limits %.0f and %.0f °C", high, critical), refs: []Ref{s.at("temperatures", i)}}
					if t.Celsius >= critical {
						h.severity = Critical
					}
					hits = append(hits, h)
				}
				return hits
			},
		},
		{
			ID: "fan-alarm", Severity: Critical,
			Say:  "A fan stands still or turns too slowly: {{.Fan}}.",
			Do:   "Clean or replace it before the machine overheats.",
			When: "A fan's sensor gives an alarm.",
			find: func(e *evidence) []hit {
				s, _ := read[collect.SensorsFacts](e, "sensors")
				var hits []hit
				for i, f := range s.v.Fans {
					if f.Alarm {
						hits = append(hits, hit{data: data("Fan", f.Name), detail: fmt.Sprintf("%d rotations per minute", f.Speed), refs: []Ref{s.at("fans", i)}})
					}
				}
				return hits
			},
		},
		{
			ID: "processor-throttled", Severity: Info,
			Say:  "The processor was slowed down because of heat {{.Count}} times since the machine was started.",
			Do:   "Clean the fans and make sure that air can pass.",
			When: "The kernel counts at least 100 times that a processor was throttled.",
			find: func(e *evidence) []hit {
				s, ok := read[collect.SensorsFacts](e, "sensors")
				if !ok || s.v.Throttled == nil || *s.v.Throttled < 100 {
					return nil
				}
				return one(hit{data: data("Count", number(*s.v.Throttled)), refs: []Ref{s.at("throttled_times")}})
			},
		},
		{
			ID: "battery-worn", Severity: Info,
			Say:  "The battery holds only {{.Health}} of what it did when it was new.",
			Do:   "Have it replaced if the machine is often used without its power supply.",
			When: "A battery of the machine holds less than 60 % of its design.",
			find: func(e *evidence) []hit {
				b, _ := read[collect.BatteryFacts](e, "battery")
				var hits []hit
				for i, x := range b.v.Batteries {
					if !x.Device && x.Health != nil && *x.Health > 0 && *x.Health < 60 {
						hits = append(hits, hit{data: data("Health", percent(*x.Health)), detail: strings.TrimSpace(x.Name + " " + x.Model), refs: []Ref{b.at("batteries", i)}})
					}
				}
				return hits
			},
		},
		{
			ID: "battery-empty", Severity: Warning,
			Say:  "The battery is nearly empty ({{.Charge}}) and is not being charged.",
			Do:   "Connect the power supply before the machine goes off.",
			When: "A battery of the machine has less than 10 % and is discharging.",
			find: func(e *evidence) []hit {
				b, _ := read[collect.BatteryFacts](e, "battery")
				var hits []hit
				for i, x := range b.v.Batteries {
					if !x.Device && x.Charge != nil && *x.Charge < 10 && x.Status == "discharging" {
						hits = append(hits, hit{data: data("Charge", percent(*x.Charge)), refs: []Ref{b.at("batteries", i)}})
					}
				}
				return hits
			},
		},
	}
}
