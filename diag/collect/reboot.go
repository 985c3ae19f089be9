package collect

import (
	"context"
	"slices"
	"strings"
)

// reboot says whether the system waits to be restarted, nil if it cannot be known.
func (m machine) reboot(context.Context) *Reboot {
	switch {
	case m.system == "linux":
		return m.rebootLinux()
	case m.hive != nil:
		return rebootWindows(m.hive)
	}
	return nil
}

func (m machine) rebootLinux() *Reboot {
	r := &Reboot{}
	for _, file := range []string{"/run/reboot-required", "/var/run/reboot-required"} {
		if !m.has(file) {
			continue
		}
		r.Pending = true
		for name := range strings.Lines(m.text(file + ".pkgs")) {
			if name = strings.TrimSpace(name); name != "" && !slices.Contains(r.Reasons, name) {
				r.Reasons = append(r.Reasons, name)
			}
		}
		break
	}
	running := m.text("/proc/sys/kernel/osrelease")
	newest := ""
	for _, name := range m.names("/boot") {
		release, ok := strings.CutPrefix(name, "vmlinuz-")
		if ok && flavour(release) == flavour(running) && (newest == "" || compareVersions(release, newest) > 0) {
			newest = release
		}
	}
	if running != "" && newest != "" && compareVersions(newest, running) > 0 {
		r.Pending = true
		r.Reasons = append(r.Reasons, "the kernel "+newest+" is installed, and "+running+" runs")
	}
	return r
}

// flavour is what a kernel is made for: "amd64" of "6.1.0-21-amd64".
func flavour(release string) string {
	i := strings.LastIndexAny(release, "-.")
	if i < 0 || strings.ContainsAny(release[i+1:i+min(2, len(release)-i)], "0123456789") {
		return ""
	}
	return release[i+1:]
}

// rebootKeys are keys that are there only while a restart is waited for.
var rebootKeys = []struct{ key, reason string }{
	{`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending`, "parts of Windows were changed"},
	{`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\PackagesPending`, "parts of Windows wait to be installed"},
	{`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired`, "Windows Update installed something"},
	{`HKLM\SOFTWARE\Microsoft\Updates\UpdateExeVolatile`, "an update was installed"},
}

func rebootWindows(h hive) *Reboot {
	r := &Reboot{}
	add := func(reason string) { r.Pending, r.Reasons = true, append(r.Reasons, reason) }
	for _, k := range rebootKeys {
		if h.values(k.key) != nil {
			add(k.reason)
		}
	}
	const control = `HKLM\SYSTEM\CurrentControlSet\Control\`
	moves, _ := h.values(control + "Session Manager")["PendingFileRenameOperations"].([]string)
	if n := countMoves(moves); n > 0 {
		add("files in use wait to be replaced: " + decimal(uint64(n)))
	}
	now := regText(h.values(control+`ComputerName\ActiveComputerName`), "ComputerName")
	next := regText(h.values(control+`ComputerName\ComputerName`), "ComputerName")
	if now != "" && next != "" && !strings.EqualFold(now, next) {
		add("the computer was renamed")
	}
	return r
}

// countMoves counts the pairs of names; the second of a deletion is empty.
func countMoves(names []string) int {
	n := 0
	for i := 0; i < len(names); i += 2 {
		if names[i] != "" {
			n++
		}
	}
	return n
}
