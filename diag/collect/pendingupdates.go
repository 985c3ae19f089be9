package collect

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// pending counts what could be installed. What is held back by the person
// counts too: it is not up to date.
func (f *UpdatesFacts) pending(best map[string]Update) {
	security := 0
	for _, name := range slices.Sorted(maps.Keys(best)) {
		f.Packages = append(f.Packages, best[name])
		if best[name].Security {
			security++
		}
	}
	f.Pending, f.Security = new(len(best)), &security
}

// windows reads the parts that Windows was serviced with: each is a key with
// its state and the time of its installation.
func (f *UpdatesFacts) windows(h hive) {
	if h == nil {
		return
	}
	const current = `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\`
	const installed = 0x70 // CbsInstallStateInstalled
	for _, key := range h.keys(current + `Component Based Servicing\Packages`) {
		name, ok := updateName(key)
		if !ok {
			continue
		}
		v := h.values(current + `Component Based Servicing\Packages\` + key)
		state, high, low := regNumber(v, "CurrentState"), regNumber(v, "InstallTimeHigh"), regNumber(v, "InstallTimeLow")
		if state == nil || *state != installed || high == nil || low == nil {
			continue
		}
		f.Recent = append(f.Recent, Change{Name: name, Version: key[strings.LastIndexByte(key, '~')+1:], Action: "install", At: filetime(*high<<32 | *low)})
	}
	slices.SortStableFunc(f.Recent, func(a, b Change) int { return later(b.At, a.At) })
	f.Recent = slices.CompactFunc(f.Recent, func(a, b Change) bool { return a.Name == b.Name && a.Version == b.Version })
	if len(f.Recent) > 0 {
		f.LastInstalled = f.Recent[0].At
	}
	const auto = current + `WindowsUpdate\Auto Update`
	for kind, to := range map[string]**time.Time{"Detect": &f.LastChecked, "Install": &f.LastInstalled} {
		if t, err := time.Parse("2006-01-02 15:04:05", regText(h.values(auto+`\Results\`+kind), "LastSuccessTime")); err == nil {
			*to = &t
		}
	}
	if off := regFlag(h.values(`HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU`), "NoAutoUpdate"); off != nil {
		f.Automatic = new(!*off)
	}
	f.Notes = append(f.Notes, "Windows tells what is pending only to its own settings")
}

// updateName gives "KB5034441" of "Package_for_KB5034441~31bf3856ad364e35~amd64~~19041.3920.1.0"
// and "rollup" of the monthly one.
func updateName(key string) (string, bool) {
	rest, ok := strings.CutPrefix(key, "Package_for_")
	if !ok {
		return "", false
	}
	name, _, _ := strings.Cut(rest, "~")
	if name == "RollupFix" {
		name = "monthly rollup"
	}
	return name, strings.HasPrefix(name, "KB") || name == "monthly rollup"
}
