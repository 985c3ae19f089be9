package analyze

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

// serviceName is a service as people know it.
func serviceName(s collect.Service) string {
	if s.Title != "" && s.Title != s.Name {
		return s.Title + " (" + s.Name + ")"
	}
	return s.Name
}

func serviceRules() []Rule {
	return []Rule{
		{
			ID: "service-failed", Severity: Warning,
			Say:  "The background service {{.Service}} does not run: it failed.",
			Do:   "Read its log for the reason, then start it again.",
			When: "The service manager lists a failed service.",
			find: func(e *evidence) []hit {
				all, _ := read[collect.ServicesFacts](e, "services")
				var hits []hit
				for i, s := range all.v.Failed {
					h := hit{data: data("Service", serviceName(s)), refs: []Ref{all.at("failed", i)}}
					if s.Result != "" || s.ExitCode != 0 {
						h.detail = strings.TrimSpace(fmt.Sprintf("%s, exit code %d, since %s", s.Result, s.ExitCode, moment(s.Since)))
					}
					hits = append(hits, h)
				}
				return hits
			},
		},
		{
			ID: "service-restarting", Severity: Warning,
			Say:  "The background service {{.Service}} ends and is started again and again ({{.Count}}×).",
			Do:   "Read its log: the reason stands before each start.",
			When: "A service was restarted at least 3 times by its manager, or is just being restarted.",
			find: func(e *evidence) []hit {
				all, _ := read[collect.ServicesFacts](e, "services")
				var hits []hit
				for i, s := range all.v.Services {
					if s.Restarts >= 3 || s.State == "restarting" {
						hits = append(hits, hit{data: data("Service", serviceName(s), "Count", number(max(s.Restarts, 1))), detail: s.Result, refs: []Ref{all.at("services", i)}})
					}
				}
				return hits
			},
		},
		{
			ID: "service-not-started", Severity: Info,
			Say:  "The background service {{.Service}} should start by itself and does not run.",
			Do:   "Start it; if it ends again, read the system's log.",
			When: "A Windows service with automatic start is stopped.",
			find: func(e *evidence) []hit {
				all, _ := read[collect.ServicesFacts](e, "services")
				var hits []hit
				for i, s := range all.v.Services {
					if all.v.Manager == "Windows" && s.Start == "automatic" && s.State == "stopped" && !slices.Contains(selfEnding, s.Name) {
						hits = append(hits, hit{data: data("Service", serviceName(s)), refs: []Ref{all.at("services", i)}})
					}
				}
				return hits
			},
		},
		{
			ID: "job-failed", Severity: Info,
			Say:  "A scheduled job failed when it last ran: {{.Job}}.",
			Do:   "Read its log; backups and updates often run that way.",
			When: "The scheduler has a result that is not a success for a job that is turned on.",
			find: func(e *evidence) []hit {
				all, _ := read[collect.JobsFacts](e, "jobs")
				var hits []hit
				for i, j := range all.v.Jobs {
					if j.Enabled && j.Result != "" && j.Result != "success" {
						hits = append(hits, hit{data: data("Job", j.Name), detail: strings.TrimSpace(j.Result + ", last " + moment(j.Last)), refs: []Ref{all.at("jobs", i)}})
					}
				}
				return hits
			},
		},
	}
}

// selfEnding are Windows services that start by themselves and end when they
// have nothing to do.
var selfEnding = []string{"sppsvc", "gupdate", "edgeupdate", "MapsBroker", "RemoteRegistry", "ShellHWDetection", "TrustedInstaller", "BITS", "WbioSrvc", "CDPSvc", "gpsvc", "tiledatamodelsvc", "clr_optimization_v4.0.30319_64", "clr_optimization_v4.0.30319_32"}
