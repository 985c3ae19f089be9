package analyze

// systemSigns is what the system's services write.
func systemSigns() []sign {
	re := whenUsed
	return []sign{
		{
			Rule: Rule{
				ID: "log-out-of-memory", Severity: Critical,
				Say:  "Memory ran out; the program concerned is {{.What}}.",
				Do:   "Close programs, find the one that takes most memory, or add memory.",
				When: "The log has an OOM kill, or Windows warns of exhausted memory.",
			},
			words:   []string{"out of memory", "oom-kill", "oom_reaper", "resource-exhaustion-detector[2004]"},
			pattern: re(`(?:[Oo]ut of memory: Kill(?:ed)? process \d+ \(([^)]+)\)|oom-kill:.*task=([^,]+)|oom_reaper: reaped process \d+ \(([^)]+)\)|Resource-Exhaustion-Detector\[2004\]: .*?(\S+\.exe))`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-service-failing", Severity: Warning,
				Say:  "A background service fails or ends unexpectedly: {{.What}} ({{.Count}}×).",
				Do:   "Look at the service's own log around that time and restart it.",
				When: "The service manager reports a failed or unexpectedly ended service.",
			},
			words:   []string{"failed with result", "main process exited", "repeated too quickly", "service-control-manager["},
			pattern: re(`(?:(\S+\.(?:service|socket|mount|timer)): (?:Failed with result|Start request repeated too quickly)|Service-Control-Manager\[(?:7000|7023|7024|7031|7034)\]: (?:\w+: )?(?:The |Der Dienst |Dienst |De service )?["„“]?(.{1,60}?)["”“]?(?: service| Dienst| wurde| is | terminated| ended| konnte| kan | on login|$))`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-unclean-shutdown", Severity: Warning,
				Say:  "The machine went off without being shut down.",
				Do:   "Ask whether power was lost or the machine hung; check the power supply if it happens again.",
				When: "The log says that the last shutdown was unexpected.",
			},
			words:   []string{"uncleanly shut down", "was unexpected", "without cleanly shutting down", "recovering journal", "recovery complete", "eventlog[6008]", "kernel-power[41]"},
			pattern: re(`(?:corrupted or uncleanly shut down|EventLog\[6008\]:|Kernel-Power\[41\]:|rebooted without cleanly shutting down|EXT4-fs \(\S+\): recovery complete|: recovering journal)`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-clock-jumped", Severity: Warning,
				Say:  "The machine's clock was changed by a large step.",
				Do:   "Check the time, the time zone and the battery on the board.",
				When: "A time service reports that it stepped the clock.",
			},
			words:   []string{"system clock wrong", "time has been changed", "step time server", "clock was stepped", "clock jump"},
			pattern: re(`(?i)(?:System clock wrong by (-?[\d.]+ seconds)|time has been changed|step time server .* offset|system clock was stepped)`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-connection-table-full", Severity: Critical,
				Say:  "The firewall's table of connections is full; new connections are dropped.",
				Do:   "Raise nf_conntrack_max, and look for a program that opens connections without end.",
				When: "The kernel drops packets because a table is full.",
			},
			words:   []string{"table full", "neighbor table overflow", "neighbour table overflow", "neighbour: "},
			pattern: re(`(?:nf_conntrack: (?:nf_conntrack: )?table full|[Nn]eighbou?r table overflow|neighbour: \S+: neighbor table overflow)`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-access-control", Severity: Info,
				Say:  "The system's access control kept a program from doing something: {{.What}} ({{.Count}}×).",
				Do:   "If the program has trouble, its AppArmor or SELinux rules have to be extended.",
				When: "AppArmor or SELinux denials stand in the system's log.",
			},
			words:   []string{`apparmor="denied"`, "avc:"},
			pattern: re(`(?:apparmor="DENIED".* profile="([^"]+)"|avc: +denied .* comm="([^"]+)")`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-update-failed", Severity: Warning,
				Say:  "An update of the system failed.",
				Do:   "Start the update by hand and read what it says.",
				When: "The package manager or Windows Update reports a failure.",
			},
			words:   []string{"windowsupdateclient[20]", "dpkg: error", "unattended-upgrade", "apt-daily"},
			pattern: re(`(?:WindowsUpdateClient\[20\]:|dpkg: error processing (?:package|archive) (\S+)|apt-daily-upgrade\.service: Failed)`),
			system:  true,
		},
	}
}

// accessSigns is what is written when somebody or something is not let in.
func accessSigns() []sign {
	re := whenUsed
	return []sign{
		{
			Rule: Rule{
				ID: "log-failed-sign-ins", Severity: Warning,
				Say:  "Signing in failed {{.Count}} times.",
				Do:   "If nobody mistyped a password, somebody is guessing: check who may reach this machine.",
				When: "The system's log has at least 10 failed sign-ins.",
			},
			words:   []string{"failed password", "authentication failure", "security-auditing[4625]", "invalid user"},
			pattern: re(`(?:Failed password for (?:invalid user )?(\S+) from|authentication failure;.* user=(\S+)|Security-Auditing\[4625\]:)`),
			system:  true, least: 10,
		},
		{
			Rule: Rule{
				ID: "log-permission-denied", Severity: Warning,
				Say:  "A program may not use files that it needs: {{.What}} ({{.Count}}×).",
				Do:   "Check who owns these files and folders and who may write there.",
				When: "A program's log says at least 3 times that access was denied.",
			},
			words:   []string{"permission denied", "access is denied", "zugriff verweigert", "toegang geweigerd", "eacces", "access denied"},
			pattern: re(`(?i)(?:([/\\][^\s:"']+|[A-Z]:\\[^:"']+)["']?: (?:permission denied|access is denied)|permission denied:? ["']?([/\\][^\s:"']+)|permission denied|access (?:is )?denied|zugriff verweigert|toegang geweigerd|\bEACCES\b)`),
			least:   3,
		},
		{
			Rule: Rule{
				ID: "log-certificate-refused", Severity: Critical,
				Say:  "A program refuses a service's certificate.",
				Do:   "Check the machine's clock and whether the certificate has expired or comes from an authority unknown here.",
				When: "A log tells of a certificate that does not hold.",
			},
			words:   []string{"certificate", "x509", "pkix path", "zertifikat"},
			pattern: re(`(?i)(?:certificate (?:has expired|verify failed|is not (?:yet )?valid|signed by unknown authority|is not trusted)|x509: certificate|PKIX path building failed|CERTIFICATE_VERIFY_FAILED|self[- ]signed certificate in)`),
		},
		{
			Rule: Rule{
				ID: "log-sign-in-refused", Severity: Warning,
				Say:  "A service refuses a program's sign-in ({{.Count}}×).",
				Do:   "Check the program's stored user name and password, and whether the account is locked.",
				When: "A program's log has at least 3 refused sign-ins (401, 403, 407, LDAP, database, SMTP).",
			},
			words:   []string{"unauthorized", "proxy authentication", "invalid credentials", "password authentication failed", "login failed for user", "access denied for user", "authentication failed", "ora-01017"},
			pattern: re(`(?i)(?:\b401 unauthorized|\b407 proxy authentication required|invalid credentials|password authentication failed for user "?([\w.@-]+)|login failed for user '?([^'\s]+)|access denied for user '?([^'\s@]+)|authentication failed|ORA-01017)`),
			others:  true, least: 3,
		},
	}
}
