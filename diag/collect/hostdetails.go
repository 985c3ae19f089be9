package collect

import (
	"context"
	"regexp"
	"strings"
	"time"
)

// details adds what is behind the system's name: build, edition, container
// and whether it waits to be restarted.
func (f *HostFacts) details(ctx context.Context, m machine) {
	switch m.system {
	case "linux":
		f.linux(m)
	case "windows":
		f.windows(m)
	case "darwin":
		f.Build = plistTexts(m.text("/System/Library/CoreServices/SystemVersion.plist"))["ProductBuildVersion"]
	}
	f.Reboot = m.reboot(ctx)
}

func (f *HostFacts) linux(m machine) {
	release := keyValues(m.text("/etc/os-release"), "=")
	f.Build, f.Edition = release["BUILD_ID"], release["VARIANT"]
	if name := release["PRETTY_NAME"]; name != "" {
		f.Platform = name
	}
	// The folder is made with the file system, before anything is installed.
	f.Installed = m.modified("/lost+found")
	f.Container = m.container()
	if f.Virtualization == "" {
		f.Virtualization = m.virtualization()
	}
	f.Arguments = withoutSecrets(m.text("/proc/cmdline"))
}

func (f *HostFacts) windows(m machine) {
	const current = `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion`
	if m.hive == nil {
		return
	}
	v := m.hive.values(current)
	f.Build = regText(v, "CurrentBuild")
	if n := regNumber(v, "UBR"); n != nil && f.Build != "" {
		f.Build += "." + decimal(*n)
	}
	f.Edition = regText(v, "EditionID")
	if release := regText(v, "DisplayVersion"); release != "" {
		f.Version = release
	}
	if n := regNumber(v, "InstallDate"); n != nil {
		t := time.Unix(int64(*n), 0).UTC()
		f.Installed = &t
	}
}

// secret are names of kernel arguments whose values are not shown.
var secret = regexp.MustCompile(`(?i)\b(\S*(?:pass|secret|token|key|auth|cred)\S*?)=\S+`)

// userinfo is a name and password within an address.
var userinfo = regexp.MustCompile(`://[^/@\s]+@`)

func withoutSecrets(s string) string {
	return userinfo.ReplaceAllString(secret.ReplaceAllString(s, "$1=…"), "://…@")
}

// keyValues reads lines of "KEY=value", quoted or not, as os-release(5) has them.
func keyValues(text, sep string) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(text) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), sep)
		if ok && !strings.HasPrefix(key, "#") {
			all[strings.TrimSpace(key)] = unquoted(strings.TrimSpace(value))
		}
	}
	return all
}

func unquoted(s string) string {
	if n := len(s); n > 1 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		return s[1 : n-1]
	}
	return s
}
