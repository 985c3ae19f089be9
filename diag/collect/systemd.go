package collect

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// unitFields are what systemd is asked about units (org.freedesktop.systemd1(5)).
const unitFields = "--property=Id,Description,LoadState,ActiveState,SubState,UnitFileState,Result,ExecMainStatus,NRestarts,MainPID,MemoryCurrent,StateChangeTimestamp"

// systemd asks the system's manager for all services and the person's own for
// those that failed.
func (f *ServicesFacts) systemd(ctx context.Context, m machine) {
	f.Manager = "systemd"
	text, _, err := m.programs.run(ctx, "systemctl", "show", "*.service", "--no-pager", "--all", unitFields)
	if err != nil {
		f.Notes = append(f.Notes, err.Error())
		return
	}
	for _, u := range units(string(text)) {
		if u["LoadState"] == "loaded" || u["ActiveState"] == "failed" {
			f.Services = append(f.Services, systemdService(u))
		}
	}
	state, _, err := m.programs.run(ctx, "systemctl", "is-system-running") // ends with 1 unless all is well
	if err == nil {
		f.State = strings.TrimSpace(string(state))
	}
	own, exit, err := m.programs.run(ctx, "systemctl", "--user", "show", "*.service", "--no-pager", "--state=failed", unitFields)
	if err != nil || exit != 0 {
		return // nobody is logged in
	}
	for _, u := range units(string(own)) {
		if u["ActiveState"] == "failed" {
			s := systemdService(u)
			s.User = true
			f.Services = append(f.Services, s)
		}
	}
}

// units reads paragraphs of "Property=value" as systemctl shows units.
func units(text string) []map[string]string {
	var all []map[string]string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		u := map[string]string{}
		for line := range strings.Lines(paragraph) {
			if key, value, ok := strings.Cut(strings.TrimRight(line, "\n"), "="); ok {
				u[key] = value
			}
		}
		if u["Id"] != "" {
			all = append(all, u)
		}
	}
	return all
}

func systemdService(u map[string]string) Service {
	s := Service{Name: strings.TrimSuffix(u["Id"], ".service"), Title: u["Description"], State: systemdState(u), Start: systemdStart(u["UnitFileState"])}
	if s.Title == u["Id"] {
		s.Title = ""
	}
	if u["Result"] != "success" {
		s.Result = u["Result"]
	}
	s.ExitCode, _ = strconv.Atoi(u["ExecMainStatus"])
	s.Restarts, _ = strconv.Atoi(u["NRestarts"])
	s.PID, _ = strconv.Atoi(u["MainPID"])
	if n, err := strconv.ParseUint(u["MemoryCurrent"], 10, 64); err == nil && n < 1<<62 { // else it is not counted
		s.Memory = n
	}
	s.Since = systemdTime(u["StateChangeTimestamp"])
	return s
}

func systemdState(u map[string]string) string {
	switch {
	case u["ActiveState"] == "failed":
		return "failed"
	case u["SubState"] == "auto-restart":
		return "restarting"
	case u["ActiveState"] == "inactive":
		return "stopped"
	}
	return u["SubState"]
}

func systemdStart(state string) string {
	switch state {
	case "enabled", "enabled-runtime":
		return "automatic"
	case "static", "indirect", "alias", "generated", "transient":
		return "manual"
	}
	return state
}

// systemdTime reads "Thu 2026-03-05 06:07:08 CET"; nil for none. The zone's
// letters are the machine's own.
func systemdTime(s string) *time.Time {
	v := strings.Fields(s)
	if len(v) < 3 {
		return nil
	}
	zone := time.Local
	if len(v) > 3 && v[3] == "UTC" {
		zone = time.UTC
	}
	t, err := time.ParseInLocation("2006-01-02 15:04:05", v[1]+" "+v[2], zone)
	if err != nil {
		return nil
	}
	return &t
}
