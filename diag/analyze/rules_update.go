package analyze

import (
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/diag/collect"
)

const oneDay = 24 * time.Hour

func updateRules() []Rule {
	withUpdates := func(look func(e *evidence, u fact[collect.UpdatesFacts]) []hit) func(*evidence) []hit {
		return func(e *evidence) []hit {
			u, ok := read[collect.UpdatesFacts](e, "updates")
			if !ok {
				return nil
			}
			return look(e, u)
		}
	}
	return []Rule{
		{
			ID: "updates-security", Severity: Warning,
			Say:  "{{.Count}} updates that close security holes are not installed.",
			One:  "One update that closes a security hole is not installed.",
			Do:   "Install the system's updates.",
			When: "At least one pending update is for security.",
			find: withUpdates(func(_ *evidence, u fact[collect.UpdatesFacts]) []hit {
				if u.v.Security == nil || *u.v.Security == 0 {
					return nil
				}
				return one(hit{single: *u.v.Security == 1, data: data("Count", number(*u.v.Security)), refs: []Ref{u.at("pending_for_security")}})
			}),
		},
		{
			ID: "updates-pending", Severity: Info,
			Say:  "{{.Count}} updates of the system are waiting.",
			One:  "One update of the system is waiting.",
			Do:   "Install them when there is time for a restart.",
			When: "At least 50 updates are pending, or any for 30 days without an installation.",
			find: withUpdates(func(e *evidence, u fact[collect.UpdatesFacts]) []hit {
				if u.v.Pending == nil || *u.v.Pending == 0 {
					return nil
				}
				long := u.v.LastInstalled != nil && e.now.Sub(*u.v.LastInstalled) > 30*oneDay
				if *u.v.Pending < 50 && !long {
					return nil
				}
				return one(hit{single: *u.v.Pending == 1, data: data("Count", number(*u.v.Pending)), refs: []Ref{u.at("pending")}})
			}),
		},
		{
			ID: "updates-long-ago", Severity: Warning,
			Say:  "The system was last updated {{.Days}} days ago.",
			Do:   "Install the system's updates and turn on automatic ones.",
			When: "Nothing was installed for 90 days.",
			find: withUpdates(func(e *evidence, u fact[collect.UpdatesFacts]) []hit {
				if t := u.v.LastInstalled; t != nil && e.now.Sub(*t) > 90*oneDay {
					return one(hit{data: data("Days", days(e.now.Sub(*t))), detail: "last installed " + day(*t), refs: []Ref{u.at("last_installed_time")}})
				}
				return nil
			}),
		},
		{
			ID: "updates-unchecked", Severity: Info,
			Say:  "Nobody has looked for updates of the system for {{.Days}} days.",
			Do:   "Look for updates and turn on automatic ones.",
			When: "The system looked for updates more than 60 days ago.",
			find: withUpdates(func(e *evidence, u fact[collect.UpdatesFacts]) []hit {
				t := u.v.LastChecked
				if t == nil || e.now.Sub(*t) <= 60*oneDay {
					return nil
				}
				return one(hit{data: data("Days", days(e.now.Sub(*t))), refs: []Ref{u.at("last_checked_time")}})
			}),
		},
		{
			ID: "reboot-pending", Severity: Warning,
			Say:  "The machine has to be restarted before its updates work.",
			Do:   "Save your work and restart.",
			When: "The system says that a restart is pending.",
			find: func(e *evidence) []hit {
				h, ok := read[collect.HostFacts](e, "host")
				if !ok || h.v.Reboot == nil || !h.v.Reboot.Pending {
					return nil
				}
				return one(hit{detail: strings.Join(h.v.Reboot.Reasons, ", "), refs: []Ref{h.at("reboot")}})
			},
		},
		{
			ID: "uptime-long", Severity: Info,
			Say:  "The machine has run without a restart for {{.Days}} days.",
			Do:   "Restart it when there is time; updates of the system's core need that.",
			When: "The machine has been up for more than 180 days, a desktop for more than 45.",
			find: func(e *evidence) []hit {
				h, ok := read[collect.HostFacts](e, "host")
				limit := 180
				if d, ok := read[collect.DisplaysFacts](e, "displays"); ok && len(d.v.Displays) > 0 {
					limit = 45
				}
				if !ok || h.v.Uptime < uint64(limit)*86400 {
					return nil
				}
				return one(hit{data: data("Days", fmt.Sprint(h.v.Uptime/86400)), refs: []Ref{h.at("uptime_seconds")}})
			},
		},
		{
			ID: "changed-recently", Severity: Info,
			Say:  "Programs were changed within the last two days: {{.Programs}}.",
			Do:   "Ask whether the trouble began then.",
			When: "Packages were installed, updated or removed within 48 hours.",
			find: withUpdates(func(e *evidence, u fact[collect.UpdatesFacts]) []hit {
				var names []string
				var h hit
				for i, c := range u.v.Recent {
					if c.At == nil || e.now.Sub(*c.At) > 2*oneDay || e.now.Before(*c.At) {
						continue
					}
					names = appendNew(names, strings.TrimSpace(c.Name+" "+c.Version))
					if len(h.refs) < maxRefs {
						h.refs = append(h.refs, u.at("recent", i))
					}
				}
				if len(names) == 0 {
					return nil
				}
				h.data = data("Programs", inList(names, 4))
				return one(h)
			}),
		},
	}
}
