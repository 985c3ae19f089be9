package collect

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"
)

// rpmFormat is what rpm is asked for: one package a line (rpm-queryformat(7)).
const rpmFormat = `%{NAME}\t%{EPOCHNUM}\t%{VERSION}-%{RELEASE}\t%{ARCH}\t%{INSTALLTIME}\t%{VENDOR}\n`

func (m machine) rpm(ctx context.Context, f *PackagesFacts) []Package {
	if !m.has("/var/lib/rpm") && !m.has("/usr/lib/sysimage/rpm") {
		return nil
	}
	text, _, err := m.programs.run(ctx, "rpm", "--query", "--all", "--queryformat", rpmFormat)
	if err != nil {
		if !errors.Is(err, ErrAbsent) {
			f.Notes = append(f.Notes, err.Error())
		}
		return nil
	}
	return parseRPM(string(text))
}

func parseRPM(text string) []Package {
	var all []Package
	for line := range strings.Lines(text) {
		v := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(v) != 6 || v[0] == "gpg-pubkey" {
			continue
		}
		p := Package{Name: v[0], Version: v[2], Architecture: v[3], Vendor: known(v[5])}
		if v[1] != "0" && v[1] != "" {
			p.Version = v[1] + ":" + v[2]
		}
		if n, err := strconv.ParseInt(v[4], 10, 64); err == nil {
			p.Installed = unixTime(n)
		}
		all = append(all, p)
	}
	return all
}

// known is a text that rpm does not have as "(none)".
func known(s string) string {
	if s == "(none)" {
		return ""
	}
	return s
}

// parseAPK reads Alpine's list: lines such as "P:musl", a paragraph each.
func parseAPK(text string) []Package {
	var all []Package
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		v := keyValues(paragraph, ":")
		if v["P"] != "" {
			all = append(all, Package{Name: v["P"], Version: v["V"]})
		}
	}
	return all
}

// pacman lists Arch's packages: a folder each, NAME-VERSION-RELEASE.
func (m machine) pacman() []Package {
	var all []Package
	for _, dir := range m.names("/var/lib/pacman/local") {
		name, version := dir, ""
		for range 2 {
			i := strings.LastIndexByte(name, '-')
			if i < 0 {
				break
			}
			name, version = name[:i], strings.TrimSuffix(name[i+1:]+"-"+version, "-")
		}
		if version != "" {
			all = append(all, Package{Name: name, Version: version, Installed: m.modified("/var/lib/pacman/local/" + dir)})
		}
	}
	return all
}

// snaps lists what snapd holds, in the revision that runs.
func (m machine) snaps() []Package {
	var all []Package
	for _, name := range m.names("/snap") {
		revision := m.link("/snap/" + name + "/current")
		if revision == "" {
			continue
		}
		version := keyValues(m.text("/snap/"+name+"/current/meta/snap.yaml"), ":")["version"]
		if version == "" {
			version = "revision " + revision
		}
		all = append(all, Package{Name: name, Version: version})
	}
	return all
}

// flatpaks lists applications by their identifiers, for everybody and for the person.
func (m machine) flatpaks() []Package {
	var all []Package
	for _, dir := range []string{"/var/lib/flatpak/app", m.home + "/.local/share/flatpak/app"} {
		for _, name := range m.names(dir) {
			all = append(all, Package{Name: name, Version: m.flatpakVersion(dir + "/" + name), Installed: m.modified(dir + "/" + name)})
		}
	}
	return all
}

// flatpakVersion is the newest release that the application's own description names.
func (m machine) flatpakVersion(dir string) string {
	meta := dir + "/current/active/files/share/metainfo"
	for _, file := range m.names(meta) {
		if _, rest, ok := strings.Cut(m.text(meta+"/"+file), "<release "); ok {
			tag, _, _ := strings.Cut(rest, ">")
			if _, rest, ok := strings.Cut(tag, `version="`); ok {
				version, _, _ := strings.Cut(rest, `"`)
				return version
			}
		}
	}
	return ""
}

// uninstallers lists what Windows can remove again: for everybody, of 32 bit
// and 64 bit, and for the person.
func (m machine) uninstallers() []Package {
	if m.hive == nil {
		return nil
	}
	var all []Package
	for _, place := range []struct{ key, architecture string }{
		{`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall`, ""},
		{`HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall`, "x86"},
		{`HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall`, ""},
	} {
		for _, key := range m.hive.keys(place.key) {
			v := m.hive.values(place.key + `\` + key)
			p := Package{Name: regText(v, "DisplayName"), Version: regText(v, "DisplayVersion"), Vendor: regText(v, "Publisher"), Architecture: place.architecture}
			if p.Name == "" || regText(v, "ParentKeyName") != "" { // a part or an update of another
				continue
			}
			if hidden := regFlag(v, "SystemComponent"); hidden != nil && *hidden {
				continue
			}
			if t, err := time.ParseInLocation("20060102", regText(v, "InstallDate"), time.Local); err == nil {
				p.Installed = &t
			}
			all = append(all, p)
		}
	}
	return all
}
