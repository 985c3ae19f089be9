package collect

import (
	"slices"
	"strings"
)

// serviceState is what Windows says of one service or driver at the moment.
type serviceState struct {
	running bool
	words   string // "running", "stopped", "starting", ...
	pid     int
	exit    int // how it ended, 0 if well or not at all
}

const serviceKeys = `HKLM\SYSTEM\CurrentControlSet\Services`

// Types of services (winnt.h).
const (
	kernelDriver = 0x1
	fileDriver   = 0x2
	ownProcess   = 0x10
	sharedOne    = 0x20
)

// startKinds are the values of Start.
var startKinds = []string{"boot", "system", "automatic", "manual", "disabled"}

func startKind(values map[string]any) string {
	if n := regNumber(values, "Start"); n != nil && *n < uint64(len(startKinds)) {
		return startKinds[*n]
	}
	return ""
}

// windows reads what is registered, and of its manager what runs. One that
// should run and has ended with a fault has failed.
func (f *ServicesFacts) windows(m machine) {
	f.Manager = "Windows"
	if m.hive == nil {
		return
	}
	states := serviceStates(false)
	for _, name := range m.hive.keys(serviceKeys) {
		v := m.hive.values(serviceKeys + `\` + name)
		kind := regNumber(v, "Type")
		if kind == nil || *kind&(ownProcess|sharedOne) == 0 {
			continue
		}
		f.Services = append(f.Services, windowsService(name, v, states))
	}
	if states == nil {
		f.Notes = append(f.Notes, "the services' manager could not be asked what runs")
	}
	slices.SortFunc(f.Services, func(a, b Service) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
}

func windowsService(name string, v map[string]any, states map[string]serviceState) Service {
	s := Service{Name: name, State: "unknown", Start: startKind(v)}
	if title := regText(v, "DisplayName"); !strings.HasPrefix(title, "@") { // else it stands in a library
		s.Title = title
	}
	if at, ok := states[strings.ToLower(name)]; ok {
		s.State, s.PID, s.ExitCode = at.words, at.pid, at.exit
		const neverStarted = 1077 // ERROR_SERVICE_NEVER_STARTED
		if !at.running && at.exit != 0 && at.exit != neverStarted && s.Start == "automatic" {
			s.State, s.Result = "failed", "exit code"
		}
	}
	return s
}
