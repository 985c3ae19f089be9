//go:build unix

package collect

import (
	"slices"
	"testing"
)

func TestServices(t *testing.T) {
	got := collected[ServicesFacts](t, services{plant(t, "notebook")}, "system/services.json")
	ledger := Service{
		Name: "ledger", Title: "Ledger's server", State: "failed", Start: "automatic", Result: "oom-kill", ExitCode: 9, Restarts: 5, Since: at("2026-03-04 06:00:00"),
	}
	flap := Service{Name: "flap", State: "restarting", Start: "manual", Result: "exit-code", ExitCode: 1, Restarts: 812}
	same(t, ServicesFacts{
		Manager: "systemd", State: "degraded", Count: 3, Failed: []Service{ledger, flap},
		Services: []Service{
			{Name: "ssh", Title: "OpenBSD Secure Shell server", State: "running", Start: "automatic", Since: at("2026-03-04 05:06:07"), PID: 712, Memory: 5238784},
			ledger, flap,
		},
	}, got)
	got = collected[ServicesFacts](t, services{plant(t, "server")}, "system/services.json")
	same(t, ServicesFacts{
		Manager: "init scripts", Count: 2, Failed: []Service{},
		Services: []Service{{Name: "ledger", State: "unknown", Start: "automatic"}, {Name: "other", State: "unknown", Start: "manual"}},
		Notes:    []string{"systemd does not run here, so the services' states are not known"},
	}, got)
	got = collected[ServicesFacts](t, services{plant(t, "windows")}, "system/services.json")
	same(t, []Service{
		{Name: "LedgerSrv", Title: "Ledger Server", State: "unknown", Start: "automatic"},
		{Name: "Shared", State: "unknown", Start: "manual"},
		{Name: "Spooler", State: "unknown", Start: "automatic"},
	}, got.Services)
	got = collected[ServicesFacts](t, services{plant(t, "mac")}, "system/services.json")
	same(t, ServicesFacts{
		Manager: "launchd", Count: 3, Failed: []Service{{Name: "com.example.broken", State: "failed", ExitCode: 78}},
		Services: []Service{
			{Name: "com.example.ledger", State: "running", PID: 512}, {Name: "com.example.broken", State: "failed", ExitCode: 78}, {Name: "com.apple.idle", State: "stopped"},
		},
	}, got)
}

// TestWindowsService holds when one has failed.
func TestWindowsService(t *testing.T) {
	automatic, manual := map[string]any{"Start": uint64(2)}, map[string]any{"Start": uint64(3)}
	for name, c := range map[string]struct {
		values map[string]any
		state  serviceState
		want   Service
	}{
		"runs":            {automatic, serviceState{running: true, words: "running", pid: 7}, Service{Name: "X", State: "running", Start: "automatic", PID: 7}},
		"ended well":      {automatic, serviceState{words: "stopped"}, Service{Name: "X", State: "stopped", Start: "automatic"}},
		"ended ill":       {automatic, serviceState{words: "stopped", exit: 1067}, Service{Name: "X", State: "failed", Start: "automatic", Result: "exit code", ExitCode: 1067}},
		"never started":   {automatic, serviceState{words: "stopped", exit: 1077}, Service{Name: "X", State: "stopped", Start: "automatic", ExitCode: 1077}},
		"need not run":    {manual, serviceState{words: "stopped", exit: 1067}, Service{Name: "X", State: "stopped", Start: "manual", ExitCode: 1067}},
		"nothing is said": {map[string]any{}, serviceState{words: "stopped"}, Service{Name: "X", State: "stopped"}},
	} {
		t.Run(name, func(t *testing.T) {
			same(t, c.want, windowsService("X", c.values, map[string]serviceState{"x": c.state}))
		})
	}
}

func TestAutostart(t *testing.T) {
	got := collected[AutostartFacts](t, autostart{plant(t, "notebook")}, "system/autostart.json")
	same(t, []Autostart{
		{"Tracker", "tracker", false, forThis, "/home/anna/.config/autostart/tracker.desktop"},
		{"Ledger tray", "/opt/ledger/bin/tray", true, forAll, "/etc/xdg/autostart/ledger.desktop"},
	}, got.Entries)
	got = collected[AutostartFacts](t, autostart{plant(t, "windows")}, "system/autostart.json")
	const run = `\SOFTWARE\Microsoft\Windows\CurrentVersion\Run`
	const startup = `C:\ProgramData\Microsoft\Windows\Start Menu\Programs\Startup`
	same(t, []Autostart{
		{"Off", `C:\Program Files\Off App\off.exe`, false, forAll, "HKLM" + run},
		{"Tray", `C:\Program Files\Ledger\tray.exe`, true, forAll, "HKLM" + run},
		{"Chat", `C:\Users\anna\chat.exe`, true, forThis, "HKCU" + run},
		{"Backup.lnk", "", true, forAll, startup + `\Backup.lnk`},
	}, got.Entries)
	got = collected[AutostartFacts](t, autostart{plant(t, "mac")}, "system/autostart.json")
	same(t, []Autostart{{"com.example.tray", "/Applications/Ledger.app/tray", true, forAll, "/Library/LaunchAgents/com.example.tray.plist"}}, got.Entries)
	without(t, autostart{plant(t, "server")})
}

func TestJobs(t *testing.T) {
	got := collected[JobsFacts](t, jobs{plant(t, "notebook")}, "system/jobs.json")
	same(t, JobsFacts{Count: 6, Jobs: []Job{
		{Name: "run-parts", Kind: "cron", Schedule: "17 * * * *", Program: "run-parts", User: "root", Enabled: true, Where: "/etc/crontab"},
		{Name: "export", Kind: "cron", Schedule: "*/5 * * * *", Program: "/opt/ledger/bin/export", User: "ledger", Enabled: true, Where: "/etc/cron.d/ledger"},
		{Name: "start", Kind: "cron", Schedule: "@reboot", Program: "/opt/ledger/bin/start", User: "ledger", Enabled: true, Where: "/etc/cron.d/ledger"},
		{Name: "backup.sh", Kind: "cron", Schedule: "0 3 * * 1", Program: "/home/anna/backup.sh", User: "anna", Enabled: true, Where: "/var/spool/cron/crontabs/anna"},
		{Name: "logrotate", Kind: "cron", Schedule: "daily", Program: "/etc/cron.daily/logrotate", User: "root", Enabled: true, Where: "/etc/cron.daily"},
		{
			Name: "apt-daily", Kind: "timer", Schedule: "*-*-* 06,18:00:00", Program: "apt-daily.service", Enabled: true,
			Last: at("2026-03-04 06:00:00"), Next: at("2026-03-04 18:00:00"),
		},
	}}, got)
	got = collected[JobsFacts](t, jobs{plant(t, "windows")}, "system/jobs.json")
	same(t, JobsFacts{
		Count: 1, Notes: []string{"1 tasks of Windows itself are left out"},
		Jobs: []Job{{Name: "Ledger export", Kind: "task", Schedule: "Calendar Monday Friday 03:15", Program: `C:\Program Files\Ledger\export.exe`, User: "S-1-5-18", Enabled: true}},
	}, got)
	got = collected[JobsFacts](t, jobs{plant(t, "mac")}, "system/jobs.json")
	same(t, []Job{{
		Name: "com.example.backup", Kind: "launchd", Schedule: "Hour 3 Minute 15", Program: "/usr/local/bin/backup", Where: "/Library/LaunchDaemons/com.example.backup.plist",
	}}, got.Jobs)
	without(t, jobs{plant(t, "server")})
}

func TestProtection(t *testing.T) {
	got := collected[ProtectionFacts](t, protection{plant(t, "notebook")}, "system/protection.json")
	if len(got.Antivirus) != 1 || got.Antivirus[0].Signatures == nil {
		t.Fatalf("%+v", got)
	}
	got.Antivirus[0].Signatures = nil
	same(t, ProtectionFacts{
		Antivirus: []Antivirus{{Name: "ClamAV", Active: new(false)}},
		Firewalls: []Firewall{
			{Name: "ufw", Active: new(true)}, {Name: "nftables", Active: new(true), Rules: new(2)}, {Name: "iptables", Active: new(true), Detail: "tables filter, nat"},
		},
		AccessControl: []string{"SELinux: permissive", "AppArmor: 2 profiles enforced", "kernel lockdown: integrity"},
	}, got)
	got = collected[ProtectionFacts](t, protection{plant(t, "windows")}, "system/protection.json")
	slices.SortFunc(got.Antivirus, func(a, b Antivirus) int { return len(b.Name) - len(a.Name) })
	same(t, ProtectionFacts{
		Antivirus: []Antivirus{
			{Name: "Windows Defender", Active: new(true), UpToDate: new(true), Version: "1.403.1.0", Signatures: at("2026-03-04 04:53:20")},
			{Name: "Guard 5", Active: new(false), UpToDate: new(false)},
		},
		Firewalls:     []Firewall{{Name: "Windows firewall, domain networks", Active: new(true)}, {Name: "Windows firewall, public networks", Active: new(false)}},
		AccessControl: []string{"User Account Control: on"},
	}, got)
	got = collected[ProtectionFacts](t, protection{plant(t, "mac")}, "system/protection.json")
	got.Antivirus[0].Signatures = nil
	same(t, ProtectionFacts{
		Antivirus: []Antivirus{{Name: "XProtect", Active: new(true), Version: "2194"}}, Firewalls: []Firewall{{Name: "application firewall", Active: new(true)}},
		AccessControl: []string{"Gatekeeper: on", "System Integrity Protection: off", "FileVault: on"},
	}, got)
	got = collected[ProtectionFacts](t, protection{plant(t, "server")}, "system/protection.json")
	if len(got.Notes) != 2 {
		t.Errorf("%+v", got)
	}
}
