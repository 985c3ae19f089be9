package collect

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"
)

// aptLists is where apt keeps the lists that it has fetched.
const aptLists = "/var/lib/apt/lists"

// maxLists is how much of all lists is read, unpacked.
const maxLists = 512 << 20

// apt compares what is installed with the lists that apt fetched last. It is
// a hundred times as fast as asking apt, which first builds its cache.
func (f *UpdatesFacts) apt(ctx context.Context, m machine) {
	if !m.has(dpkgStatus) {
		return
	}
	f.changes(m)
	for _, file := range []string{"/var/lib/apt/periodic/update-success-stamp", aptLists + "/partial", aptLists} {
		if f.LastChecked = m.modified(file); f.LastChecked != nil {
			break
		}
	}
	periodic := ""
	for _, name := range m.names("/etc/apt/apt.conf.d") {
		periodic += "\n" + m.text("/etc/apt/apt.conf.d/"+name)
	}
	if strings.Contains(periodic, "APT::Periodic::Unattended-Upgrade") {
		f.Automatic = new(strings.Contains(periodic, `APT::Periodic::Unattended-Upgrade "1"`))
	}
	have := map[string]Package{}
	for _, p := range m.dpkg() {
		if p.Architecture == "" {
			have[p.Name] = p
		}
	}
	best := map[string]Update{}
	left, read := int64(maxLists), 0
	for _, file := range m.names(aptLists) {
		if !strings.Contains(file, "_Packages") || ctx.Err() != nil || m.notAutomatic(file) {
			continue
		}
		list, err := m.list(ctx, aptLists+"/"+file)
		if err != nil {
			f.Notes = append(f.Notes, err.Error())
			continue
		}
		counted := &io.LimitedReader{R: list, N: left}
		err = compareList(counted, strings.Contains(strings.ToLower(file), "security"), have, best)
		if err != nil {
			f.Notes = append(f.Notes, fmt.Sprintf("not all of %s could be read: %v", file, err))
		}
		left = counted.N
		list.Close()
		read++
	}
	if read == 0 {
		return
	}
	f.pending(best)
}

// list opens a list, packed or not; apt's own helper unpacks it.
func (m machine) list(ctx context.Context, path string) (io.ReadCloser, error) {
	if strings.HasSuffix(path, "_Packages") {
		return openAtOnce(m.path(path))
	}
	return m.programs.stream(ctx, "/usr/lib/apt/apt-helper", "cat-file", m.path(path))
}

// notAutomatic says whether a list's source wants to be asked for each
// package, as backports do; its release file says so.
func (m machine) notAutomatic(list string) bool {
	release, _, ok := strings.Cut(list, "_dists_")
	if !ok {
		return false
	}
	suite, _, _ := strings.Cut(list[len(release)+len("_dists_"):], "_")
	for _, kind := range []string{"_InRelease", "_Release"} {
		b, err := m.read(aptLists+"/"+release+"_dists_"+suite+kind, 4<<10)
		if err == nil {
			return strings.Contains(string(b), "\nNotAutomatic: yes")
		}
	}
	return false
}

// compareList takes of a list what is newer than what is installed.
func compareList(r io.Reader, security bool, have map[string]Package, best map[string]Update) error {
	return stanzas(r, func(p stanza) {
		installed, ok := have[p.name]
		if !ok || installed.Version == p.version || compareVersions(p.version, installed.Version) <= 0 {
			return
		}
		b, seen := best[p.name]
		// A fix for security stays one, also where a newer version is elsewhere.
		security := security || b.Security
		if !seen || compareVersions(p.version, b.Candidate) > 0 {
			b = Update{Name: p.name, Installed: installed.Version, Candidate: p.version}
		}
		b.Security = security
		best[p.name] = b
	})
}

// changes reads the end of dpkg's log: "2026-03-04 05:06:07 upgrade bash:amd64 5.1 5.2".
func (f *UpdatesFacts) changes(m machine) {
	for _, file := range []string{"/var/log/dpkg.log", "/var/log/dpkg.log.1"} {
		b, err := m.readEnd(file, maxText)
		if err != nil {
			continue
		}
		f.Recent = append(f.Recent, parseDpkgLog(string(b))...)
		if len(f.Recent) >= maxChanges {
			break
		}
	}
	for _, c := range f.Recent {
		if c.Action != "remove" && c.Action != "purge" {
			f.LastInstalled = c.At
			break
		}
	}
}

// parseDpkgLog gives the changes, newest first.
func parseDpkgLog(text string) []Change {
	var all []Change
	lines := strings.Split(text, "\n")
	for i := len(lines) - 1; i >= 0 && len(all) < maxChanges; i-- {
		v := strings.Fields(lines[i])
		if len(v) != 6 {
			continue
		}
		switch v[2] {
		case "install", "upgrade", "remove", "purge":
			c := Change{Version: v[5], Action: v[2]}
			if v[5] == "<none>" {
				c.Version = v[4]
			}
			c.Name, _, _ = strings.Cut(v[3], ":")
			if t, err := time.ParseInLocation("2006-01-02 15:04:05", v[0]+" "+v[1], time.Local); err == nil {
				c.At = &t
			}
			all = append(all, c)
		}
	}
	return all
}
