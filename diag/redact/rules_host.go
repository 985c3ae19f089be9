package redact

// hostRules find names of machines that are nobody's business outside.
var (
	domainRule = &Rule{
		Name: "internal-name", Kind: Domain, find: findInternal,
		ends:  []string{"local", "lan", "corp", "internal", "intern", "localdomain", "private", "intranet", "ads", "homenet", "fritz", "box", "arpa", "domain", "loc", "priv"},
		Why:   "The name of a machine inside a network tells whose network it is.",
		Goes:  []string{"lookup ‹db-abcde123›.‹corp.local› failed", "connect ‹srv1›.‹office.lan›:443", "https://‹wiki›.‹firma.intern›/x", "ptr ‹pc›.‹fritz.box›"},
		Stays: []string{"/etc/rc.local", "settings.local.json", "this.local = 1", "localhost.localdomain", "/usr/local/bin", "class a.b.internal.Parser", "_http._tcp.local.x", ".local", "in-addr.arpa", "~/.local/share", "x.internal()"},
	}
	hostRules = []*Rule{
		domainRule,
		{
			Name: "host-key", Kind: Host, Form: Label,
			Why: "The name of a machine tells whose it is.",
			Keys: []string{
				"host name", "hostname", "computer name", "computername", "machine name", "node name", "nodename", "workstation name", "workstation", "server name", "servername", "rechnername", "computernaam", "rechner",
				"data source", "server", "host", "dbhost", "client name", "clientname", "device name", "devicename", "netbios name", "source host", "dest host", "remote host", "dbserver", "computer", "gerätename", "hostnaam", "apparaatnaam", "logon server", "logonserver", "client hostname", "arbeitsstationsname", "workstationname", "arbeitsstation", "werkstation", "servernaam",
			},
			Goes:  []string{"Server=‹sql01›;Database=crm", `"hostname": "‹wks17›"`, "Computer: ‹PC-0815›", "COMPUTERNAME=‹DESKTOP-AB12CD›"},
			Stays: []string{"host=localhost", "Host: docs.example.org", "server: nginx/1.2", "server=none", "host: unknown", "Server: Apache", "hostname lookup failed", "server: 404", "remote host closed connection"},
		},
		{
			Name: "unc", Kind: Host, shapes: []shape{{class: anyClass, min: 2, max: 63, next: "\\"}}, find: findUNC,
			Why:   "The name of a file server tells whose network it is.",
			Goes:  []string{`open \\‹FILESRV12›\share\plan.xlsx`, `"path":"\\\\‹filesrv›\\share"`, `copy \\‹nas›.‹firma.local›\x`},
			Stays: []string{`C:\Windows\System32`, `"a\\b\\c"`, `\\.\pipe\x`, `\\?\C:\x`, `HKLM\SOFTWARE\x`, `regex \\d+\\s`, `dir\sub\file`, `\\localhost\c$`},
		},
		{
			Name: "share-host", Kind: Host, ends: []string{"smb", "cifs", "file", "nfs", "unc", "via"}, find: findShareHost,
			Why:   "The name of a file server tells whose network it is.",
			Goes:  []string{"smb://‹print452›/daten", "file://‹print-hh699›/daten/a.pdf", "mount.cifs //‹lager646›/scan /mnt", `\\?\UNC\‹APP-MUC5326›\daten`, "DHCPACK on 0.0.0.0 to x (‹mail413›) via eth0"},
			Stays: []string{"file:///etc/hosts", "smb://localhost/x", "smb2 negotiated", "file://C:/x", "(ok) via eth0"},
		},
		{
			Name: "syslog-host", Kind: Host, ends: []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}, find: findSyslogHost,
			Why:   "The lines of a system log begin with the name of the machine.",
			Goes:  []string{"\nNov 22 08:00:01 ‹gateway7› sshd[12]: x", "\nNov  2 08:00:01 ‹gw› kernel: x"},
			Stays: []string{"\nNov 22 08:00:01 2026 GMT", "in Nov 22 people", "\nMay the force"},
		},
	}
)
