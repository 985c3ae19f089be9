package collect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ProtectionFacts is what guards the machine, as far as it can be read
// without asking for rights.
type ProtectionFacts struct {
	Antivirus     []Antivirus `json:"antivirus"`
	Firewalls     []Firewall  `json:"firewalls"`
	AccessControl []string    `json:"access_control,omitempty"` // "SELinux: enforcing", "AppArmor: 42 profiles"
	Notes         []string    `json:"notes,omitempty"`
}

// Antivirus is one product. nil: not known.
type Antivirus struct {
	Name       string     `json:"name"`
	Active     *bool      `json:"active,omitempty"`
	UpToDate   *bool      `json:"up_to_date,omitempty"`
	Version    string     `json:"version,omitempty"`
	Signatures *time.Time `json:"signatures_time,omitempty"`
}

// Firewall is one product or, on Windows, one profile of it. nil: not known.
type Firewall struct {
	Name   string `json:"name"`
	Active *bool  `json:"active,omitempty"`
	Rules  *int   `json:"rules,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// protection is read of files, of names of processes and of the registry.
type protection struct{ machine }

func (protection) Name() string  { return "protection" }
func (protection) Title() string { return titleProtection }

func (c protection) Collect(ctx context.Context, s Sink) error {
	f := ProtectionFacts{Antivirus: []Antivirus{}, Firewalls: []Firewall{}}
	switch c.system {
	case "linux":
		f.linuxAntivirus(c.machine)
		f.linuxFirewalls(ctx, c.machine)
		f.accessControl(c.machine)
	case "windows":
		f.windows(c.hive)
	case "darwin":
		f.mac(ctx, c.machine)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(f.Antivirus) == 0 {
		f.Notes = append(f.Notes, "no antivirus program that is known here was found")
	}
	if len(f.Firewalls) == 0 {
		f.Notes = append(f.Notes, "no firewall that is known here was found")
	}
	return writeFacts(s, "system/protection.json", titleProtection, f)
}

// guards are antivirus programs on Linux: the file that is there if one is
// installed, its process as the kernel cuts the name, and its signatures.
var guards = []struct {
	name, file, process string
	signatures          []string
}{
	{"ClamAV", "/usr/sbin/clamd", "clamd", []string{"/var/lib/clamav/daily.cld", "/var/lib/clamav/daily.cvd"}},
	{"Microsoft Defender", "/opt/microsoft/mdatp", "wdavdaemon", nil},
	{"CrowdStrike Falcon", "/opt/CrowdStrike", "falcon-sensor", nil},
	{"SentinelOne", "/opt/sentinelone", "s1-agent", nil},
	{"ESET", "/opt/eset", "oaeventd", []string{"/var/opt/eset/eea/lib/data/data.txt"}},
	{"Sophos", "/opt/sophos-spl", "sophos_managem", nil},
	{"Trend Micro", "/opt/ds_agent", "ds_agent", nil},
	{"Kaspersky", "/opt/kaspersky", "kesl", nil},
	{"Bitdefender", "/opt/bitdefender-security-tools", "bdsecd", nil},
	{"Elastic Defend", "/opt/Elastic/Endpoint", "elastic-endpoin", nil},
}

func (f *ProtectionFacts) linuxAntivirus(m machine) {
	for _, g := range guards {
		if !m.has(g.file) {
			continue
		}
		a := Antivirus{Name: g.name, Active: new(m.running(g.process))}
		for _, file := range g.signatures {
			if t := m.modified(file); t != nil && later(t, a.Signatures) > 0 {
				a.Signatures = t
			}
		}
		f.Antivirus = append(f.Antivirus, a)
	}
}

func (f *ProtectionFacts) linuxFirewalls(ctx context.Context, m machine) {
	if m.has("/etc/ufw/ufw.conf") {
		f.Firewalls = append(f.Firewalls, Firewall{Name: "ufw", Active: new(keyValues(m.text("/etc/ufw/ufw.conf"), "=")["ENABLED"] == "yes")})
	}
	if m.has("/usr/sbin/firewalld") || m.has("/etc/firewalld/firewalld.conf") {
		zone := keyValues(m.text("/etc/firewalld/firewalld.conf"), "=")["DefaultZone"]
		w := Firewall{Name: "firewalld", Active: new(m.running("firewalld"))}
		if zone != "" {
			w.Detail = "zone " + zone
		}
		f.Firewalls = append(f.Firewalls, w)
	}
	text, exit, err := m.programs.run(ctx, "nft", "--json", "list", "ruleset")
	switch {
	case errors.Is(err, ErrAbsent):
	case err != nil || exit != 0:
		f.Firewalls = append(f.Firewalls, Firewall{Name: "nftables", Detail: "its rules need an administrator's rights"})
	default:
		n := strings.Count(string(text), `{"rule":`)
		f.Firewalls = append(f.Firewalls, Firewall{Name: "nftables", Active: new(n > 0), Rules: &n})
	}
	if tables := strings.Fields(m.text("/proc/net/ip_tables_names")); len(tables) > 0 {
		f.Firewalls = append(f.Firewalls, Firewall{Name: "iptables", Active: new(true), Detail: "tables " + strings.Join(tables, ", ")})
	}
}

func (f *ProtectionFacts) accessControl(m machine) {
	switch m.text("/sys/fs/selinux/enforce") {
	case "1":
		f.AccessControl = append(f.AccessControl, "SELinux: enforcing")
	case "0":
		f.AccessControl = append(f.AccessControl, "SELinux: permissive")
	}
	if m.text("/sys/module/apparmor/parameters/enabled") == "Y" {
		words := "AppArmor: on"
		if n := strings.Count(m.text("/sys/kernel/security/apparmor/profiles"), "(enforce)"); n > 0 {
			words = fmt.Sprintf("AppArmor: %d profiles enforced", n)
		}
		f.AccessControl = append(f.AccessControl, words)
	}
	if list := m.text("/sys/kernel/security/lockdown"); strings.Contains(list, "[") && !strings.Contains(list, "[none]") {
		_, rest, _ := strings.Cut(list, "[")
		mode, _, _ := strings.Cut(rest, "]")
		f.AccessControl = append(f.AccessControl, "kernel lockdown: "+mode)
	}
}
