package collect

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// JobsFacts is what the machine does by the clock.
type JobsFacts struct {
	Jobs  []Job    `json:"jobs"`
	Count int      `json:"count"`
	Notes []string `json:"notes,omitempty"`
}

// Job is one of them. Its arguments are left out: passwords stand there.
type Job struct {
	Name     string     `json:"name"`
	Kind     string     `json:"kind"`               // "cron", "timer", "task", "launchd"
	Schedule string     `json:"schedule,omitempty"` // as it is written there
	Program  string     `json:"program,omitempty"`
	User     string     `json:"user,omitempty"`
	Enabled  bool       `json:"enabled"`
	Last     *time.Time `json:"last_time,omitempty"`
	Next     *time.Time `json:"next_time,omitempty"`
	Result   string     `json:"result,omitempty"` // of the last time, "" if well or not known
	Where    string     `json:"where,omitempty"`
}

// jobs is read of cron's files, systemd's timers, the Task Scheduler or launchd.
type jobs struct{ machine }

// maxJobs is how many are described.
const maxJobs = 2000

func (jobs) Name() string  { return "jobs" }
func (jobs) Title() string { return titleJobs }

func (c jobs) Collect(ctx context.Context, s Sink) error {
	f := JobsFacts{Jobs: []Job{}}
	switch c.system {
	case "linux":
		f.cron(c.machine)
		f.timers(ctx, c.machine)
	case "windows":
		f.tasks(ctx, c.machine)
	case "darwin":
		f.cron(c.machine)
		for _, a := range c.agents() {
			if a.schedule != "" {
				f.Jobs = append(f.Jobs, Job{Name: a.label, Kind: "launchd", Schedule: a.schedule, Program: a.program, Enabled: !a.disabled, Where: a.file})
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.Count = len(f.Jobs); f.Count == 0 && len(f.Notes) == 0 {
		return absent("nothing is scheduled here")
	}
	if f.Count > maxJobs {
		f.Jobs = f.Jobs[:maxJobs]
		f.Notes = append(f.Notes, fmt.Sprintf("only the first %d are here", maxJobs))
	}
	return writeFacts(s, "system/jobs.json", titleJobs, f)
}

// timerFields are what systemd is asked about timers.
const timerFields = "--property=Id,Description,ActiveState,Unit,TimersCalendar,TimersMonotonic,LastTriggerUSec,NextElapseUSecRealtime,Result,UnitFileState"

func (f *JobsFacts) timers(ctx context.Context, m machine) {
	if !m.has("/run/systemd/system") {
		return
	}
	text, _, err := m.programs.run(ctx, "systemctl", "show", "*.timer", "--no-pager", "--all", timerFields)
	if err != nil {
		f.Notes = append(f.Notes, err.Error())
		return
	}
	for _, u := range units(string(text)) {
		j := Job{
			Name: strings.TrimSuffix(u["Id"], ".timer"), Kind: "timer", Program: u["Unit"], Enabled: u["ActiveState"] == "active",
			Schedule: timerSchedule(u["TimersCalendar"] + " " + u["TimersMonotonic"]),
			Last:     systemdTime(u["LastTriggerUSec"]), Next: systemdTime(u["NextElapseUSecRealtime"]),
		}
		if u["Result"] != "success" {
			j.Result = u["Result"]
		}
		f.Jobs = append(f.Jobs, j)
	}
}

// timerSchedule reads "{ OnCalendar=*-*-* 6,18:00 ; next_elapse=... }".
func timerSchedule(s string) string {
	var all []string
	for part := range strings.SplitSeq(s, "{") {
		if when, _, ok := strings.Cut(part, ";"); ok {
			if _, when, ok := strings.Cut(when, "="); ok {
				all = append(all, strings.TrimSpace(when))
			}
		}
	}
	return strings.Join(all, ", ")
}
