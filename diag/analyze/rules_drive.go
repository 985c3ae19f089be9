package analyze

import (
	"fmt"
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

// eachDrive makes a hit of every drive whose own report wants one.
func eachDrive(look func(d collect.Smart) (reasons []string)) func(*evidence) []hit {
	return func(e *evidence) []hit {
		all, _ := read[collect.SmartFacts](e, "smart")
		var hits []hit
		for i, d := range all.v.Disks {
			if reasons := look(d); len(reasons) > 0 {
				name := strings.TrimSpace(d.Name + " " + d.Model)
				hits = append(hits, hit{
					data: data("Disk", name, "Why", strings.Join(reasons, ", ")), detail: "firmware " + d.Firmware,
					refs: []Ref{all.at("disks", i)},
				})
			}
		}
		return hits
	}
}

// eachDisk makes a hit of every drive that wants one.
func eachDisk(look func(d collect.Disk) (hit, bool)) func(*evidence) []hit {
	return func(e *evidence) []hit {
		all, _ := read[collect.DisksFacts](e, "disks")
		var hits []hit
		for i, d := range all.v.Disks {
			if h, ok := look(d); ok {
				if h.data == nil {
					h.data = map[string]string{}
				}
				h.data["Disk"] = strings.TrimSpace(d.Name + " " + d.Model)
				h.refs = []Ref{all.at("disks", i)}
				hits = append(hits, h)
			}
		}
		return hits
	}
}

// counted says a figure that should be 0.
func counted(reasons []string, n *uint64, least uint64, words string) []string {
	if n != nil && *n >= least {
		return append(reasons, fmt.Sprintf("%d %s", *n, words))
	}
	return reasons
}

func driveRules() []Rule {
	return []Rule{
		{
			ID: "smart-failing", Severity: Critical,
			Say:  "The disk {{.Disk}} says of itself that it is failing.",
			Do:   "Back up your data now and have the disk replaced.",
			When: "SMART's own judgement is not passed, an NVMe drive has a critical warning, or its spare is below 10 %.",
			find: eachDrive(func(d collect.Smart) (why []string) {
				if d.Passed != nil && !*d.Passed {
					why = append(why, "its own test is not passed")
				}
				why = counted(why, d.Warning, 1, "as critical warning")
				if d.Spare != nil && *d.Spare < 10 {
					why = append(why, percent(*d.Spare)+" spare left")
				}
				return why
			}),
		},
		{
			ID: "smart-worn", Severity: Warning,
			Say:  "The disk {{.Disk}} shows signs of wear: {{.Why}}.",
			Do:   "Keep a backup and plan to replace the disk.",
			When: "SMART counts pending, uncorrectable or at least 5 reallocated sectors or media errors, or 90 % wear.",
			find: eachDrive(func(d collect.Smart) (why []string) {
				why = counted(why, d.Pending, 1, "pending sectors")
				why = counted(why, d.Uncorrectable, 1, "uncorrectable sectors")
				why = counted(why, d.Reallocated, 5, "reallocated sectors")
				why = counted(why, d.MediaErrors, 1, "media errors")
				if d.Worn != nil && *d.Worn >= 90 {
					why = append(why, percent(*d.Worn)+" worn")
				}
				return why
			}),
		},
		{
			ID: "disk-cable", Severity: Warning,
			Say:  "Data is damaged on the way to the disk {{.Disk}}: {{.Why}}.",
			Do:   "Change the disk's cable or its socket.",
			When: "SMART counts at least 20 errors of the interface.",
			find: eachDrive(func(d collect.Smart) []string { return counted(nil, d.CableErrors, 20, "cable errors") }),
		},
		{
			ID: "disk-hot", Severity: Warning,
			Say:  "The disk {{.Disk}} is too hot: {{.Why}}.",
			Do:   "Clean the fans and make sure that air can pass.",
			When: "A drive has 60 °C or more, an NVMe drive 75 °C.",
			find: eachDrive(func(d collect.Smart) []string {
				limit := 60.0
				if strings.Contains(d.Name, "nvme") {
					limit = 75
				}
				if d.Temperature == nil || *d.Temperature < limit {
					return nil
				}
				return []string{fmt.Sprintf("%.0f °C", *d.Temperature)}
			}),
		},
		{
			ID: "raid-degraded", Severity: Critical,
			Say:  "A disk of the array {{.Array}} is missing or has failed.",
			Do:   "Back up your data, then replace the failed disk before a second one fails.",
			When: "A Linux software RAID works with fewer disks than it should.",
			find: func(e *evidence) []hit {
				all, _ := read[collect.DisksFacts](e, "disks")
				var hits []hit
				for i, a := range all.v.Arrays {
					if a.Degraded || a.State == "inactive" {
						hits = append(hits, hit{
							data:   data("Array", a.Name),
							detail: strings.TrimSpace(fmt.Sprintf("%s, %d of %d disks work; failed: %s %s", a.Level, a.Working, a.Disks, strings.Join(a.Failed, ", "), a.Progress)),
							refs:   []Ref{all.at("arrays", i)},
						})
					}
				}
				return hits
			},
		},
		{
			ID: "disk-errors-counted", Severity: Warning,
			Say:  "The system counted errors of the disk {{.Disk}}: {{.Count}}.",
			Do:   "Look for its errors in the system's log; back up your data.",
			When: "The system's own count of a drive's errors is not zero.",
			find: eachDisk(func(d collect.Disk) (hit, bool) {
				if d.Errors == nil || *d.Errors == 0 {
					return hit{}, false
				}
				return hit{data: data("Count", number(*d.Errors)), detail: "state " + d.State}, true
			}),
		},
		{
			ID: "disk-offline", Severity: Critical,
			Say:  "The disk {{.Disk}} does not work any more.",
			Do:   "Check its cable and power, and whether the disk is failing; restore from a backup if need be.",
			When: "The system has turned a drive off because it did not answer.",
			find: eachDisk(func(d collect.Disk) (hit, bool) {
				return hit{detail: "state " + d.State}, d.State == "offline" || d.State == "dead"
			}),
		},
	}
}
