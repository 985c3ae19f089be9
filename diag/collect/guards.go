package collect

import (
	"context"
	"encoding/binary"
	"strings"
)

// windows reads what security products report, Defender's own state and the
// firewall's profiles.
func (f *ProtectionFacts) windows(h hive) {
	if h == nil {
		return
	}
	const provider = `HKLM\SOFTWARE\Microsoft\Security Center\Provider\Av`
	for _, key := range h.keys(provider) {
		v := h.values(provider + `\` + key)
		a := Antivirus{Name: regText(v, "DISPLAYNAME")}
		if a.Name == "" {
			continue
		}
		if n := regNumber(v, "STATE"); n != nil {
			// Bits as the Security Center's productState has them: the second
			// byte is whether it guards, the last whether its signatures are old.
			a.Active, a.UpToDate = new(*n>>12&0xf == 1), new(*n>>4&0xf == 0)
		}
		if strings.Contains(a.Name, "Defender") {
			a.defender(h)
		}
		f.Antivirus = append(f.Antivirus, a)
	}
	if len(f.Antivirus) == 0 && h.values(defenderKey) != nil {
		a := Antivirus{Name: "Windows Defender"}
		a.defender(h)
		f.Antivirus = append(f.Antivirus, a)
	}
	const policy = `HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\`
	for _, p := range []struct{ key, name string }{{"DomainProfile", "domain"}, {"StandardProfile", "private"}, {"PublicProfile", "public"}} {
		if v := h.values(policy + p.key); v != nil {
			f.Firewalls = append(f.Firewalls, Firewall{Name: "Windows firewall, " + p.name + " networks", Active: regFlag(v, "EnableFirewall")})
		}
	}
	if on := regFlag(h.values(`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System`), "EnableLUA"); on != nil {
		f.AccessControl = append(f.AccessControl, "User Account Control: "+map[bool]string{true: "on", false: "off"}[*on])
	}
}

const defenderKey = `HKLM\SOFTWARE\Microsoft\Windows Defender`

// defender adds what Defender writes of itself.
func (a *Antivirus) defender(h hive) {
	updates := h.values(defenderKey + `\Signature Updates`)
	a.Version = regText(updates, "AVSignatureVersion")
	if b, ok := updates["SignaturesLastUpdated"].([]byte); ok && len(b) == 8 {
		a.Signatures = filetime(binary.LittleEndian.Uint64(b))
	}
	if off := regFlag(h.values(defenderKey+`\Real-Time Protection`), "DisableRealtimeMonitoring"); off != nil && *off {
		a.Active = new(false)
	} else if a.Active == nil {
		a.Active = new(true)
	}
}

// mac asks the programs that macOS has for it; none changes anything.
func (f *ProtectionFacts) mac(ctx context.Context, m machine) {
	const xprotect = "/Library/Apple/System/Library/CoreServices/XProtect.bundle/Contents/"
	if b, err := m.read(xprotect+"Info.plist", maxText); err == nil {
		f.Antivirus = append(f.Antivirus, Antivirus{
			Name: "XProtect", Active: new(true), Version: plistTextsOf(b)["CFBundleShortVersionString"], Signatures: m.modified(xprotect + "Info.plist"),
		})
	}
	text, exit, err := m.programs.run(ctx, "/usr/libexec/ApplicationFirewall/socketfilterfw", "--getglobalstate")
	if err == nil && exit == 0 {
		f.Firewalls = append(f.Firewalls, Firewall{Name: "application firewall", Active: new(strings.Contains(string(text), "State = 1") || strings.Contains(string(text), "State = 2"))})
	}
	for _, ask := range []struct {
		name, on string
		command  []string
	}{
		{"Gatekeeper", "assessments enabled", []string{"spctl", "--status"}},
		{"System Integrity Protection", "enabled", []string{"csrutil", "status"}},
		{"FileVault", "FileVault is On", []string{"fdesetup", "status"}},
	} {
		text, _, err := m.programs.run(ctx, ask.command[0], ask.command[1:]...)
		if err == nil {
			f.AccessControl = append(f.AccessControl, ask.name+": "+map[bool]string{true: "on", false: "off"}[strings.Contains(string(text), ask.on)])
		}
	}
}
