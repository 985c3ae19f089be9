package redact

import "strings"

// userRules find the names of people's accounts.
var userRules = []*Rule{
	{
		Name: "user-key", Kind: User, Form: Account,
		Why: "The name of an account is a person's name.",
		Keys: []string{
			"user", "username", "user name", "userid", "user id", "login", "login name", "loginname", "logname", "account name", "accountname", "uid", "ruser", "euser", "uname", "usr",
			"target user name", "subject user name", "targetusername", "subjectusername", "benutzer", "benutzername", "anmeldename", "kontoname", "konto name", "gebruiker", "gebruikersnaam", "inlognaam",
			"full name", "fullname", "first name", "firstname", "last name", "lastname", "given name", "surname", "vorname", "nachname", "voornaam", "achternaam", "created by", "modified by", "changed by", "ansprechpartner", "contact name", "sam account name", "samaccountname", "user principal name", "upn", "run as", "runas", "sudo_user", "sender name", "accountnaam", "registered owner", "impersonating", "arbeitet als", "workstation user", "logon account", "customer name", "kundenname", "klantnaam",
		},
		Goes:  []string{"session opened for user=‹anmeyer12› uid=1001", `"username": "‹anna›"`, "User Id=‹crm_anna›;Password", "USER=‹anna›", "Benutzername: ‹aschmidt›", `"fullName":"‹Anna Schmidt›"`, `user=‹FIRMA›\‹anna›`, "Account Name:\t\t‹aschmidt›", "logname= uid=0 euid=0 tty=ssh ruser= rhost=x  user=‹anna9›"},
		Stays: []string{"user=root", "uid=1001", "user interface", "user: not found", "Invalid user name or password", "user agent: x", "username=<user-11>", "user=<user-11>", "login: failed", "user=${USER}", "USER=www-data", "owner: root", "account: locked"},
	},
	{
		Name: "group-key", Kind: User, Form: Account, least: 1,
		Why:   "On many systems every person has a group of the same name.",
		Keys:  []string{"gid", "egid", "groups"},
		Goes:  []string{"uid=0(root) gid=1004(‹nsteiner›) groups=1004(‹nsteiner›),27(sudo)"},
		Stays: []string{"groups = match.groups(1)", "gid=1004", "groups: staff"},
	},
	{
		Name: "user-said", Kind: User, ends: []string{"user", "for", "by", "benutzer", "gebruiker", "sudo", "su", "account", "role", "konto", "von", "from"}, find: findSaidUser,
		Why:   "Messages about signing in name the person.",
		Goes:  []string{"sshd[1]: Accepted publickey for ‹anna› from x port 22", "Failed password for invalid user ‹ben7› from x", "session opened for user ‹anna›(uid=1000) by (uid=0)", "session opened for user ‹anna› by (uid=0)", "session closed for user ‹anna›\n", "user '‹anna›' logged in", "sudo:   ‹anna› : TTY=pts/0", "Removed session of user \"‹anna›\".", "Benutzer \"‹anna›\" abgemeldet", "authentication failure for user ‹ben7›\n", "New session 4 of user ‹anna›.", "Connection closed by authenticating user ‹egruber18› ::1 port 5", "FATAL:  role \"‹wvisser›\" does not exist", "su: (to root) ‹nkoch› on pts/0", "a.docx owned by ‹kgruber69› on pc", "im Besitz von ‹mhofmann89› wurde gedruckt"},
		Stays: []string{"Accepted publickey for root from x port 22", "user interface from x", "waiting for connection from server", "for user in list", "su: failed", "looking for answers from them", "closed by remote host", "user session started"},
	},
	{
		Name: "user-shown", Kind: User, ends: []string{"cmd", "uid", "x", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "chown", "ssh", "scp", "sftp", "rsync", "usermod", "gpasswd", "groupmod", "userdel", "useradd", "cn", "whoami", "author", "owner", "login", "rwx", "docker", "name"}, find: findShownUser,
		Why:   "Programs show accounts in places of their own.",
		Goes:  []string{"CRON[1]: (‹jgruber›) CMD (/usr/bin/sync)", "Manager for UID 1001 (‹avisser›).", "‹mmulder›:x:1004:1004:x:/nonexistent:/bin/bash", "127.0.0.1 - ‹abakker› [02/Mar/2026:06:00:01 +0100] x", "chown ‹bhofmann›:users /srv/a", "ssh ‹dfuchs›@‹zeus› -p 22", "usermod: add '‹ikoch›' to group 'sudo'", "CN=‹dirk.ebner4›,OU=Verkauf", "new user: name=‹wweber26›, UID=1004", "vsftpd: [‹galbers›] OK LOGIN \"x\"", "docker exec -u ‹eebner38› app sh"},
		Stays: []string{"(root) CMD (x)", "UID 0 (root)", "root:x:0:0:root:/root:/bin/bash", "127.0.0.1 - - [02/Mar/2026:06:00:01 +0100] x", "chown -R root:root /x", "ssh git@host x", "CN=example.com, O=x", "name=left, x=1"},
	},
	{
		Name: "domain-user", Kind: User, shapes: []shape{{class: anyClass, min: 3, max: 15, next: "\\", notPrev: "\\/:.-"}}, find: findDomainUser,
		Why:   "The name of an account with its domain.",
		Goes:  []string{`‹BUERO›\‹tdekker› logged on`, `Author: ‹BUERO›\‹dvisser74›`, `"‹FIRMA›\\‹anna.schmidt›"`},
		Stays: []string{`NT AUTHORITY\SYSTEM`, `HKLM\SOFTWARE`, `SRC\main`, `BUILTIN\Administrators`, `TEMP\x64\a`, `DATA\report.csv`},
	},
	{
		Name: "sid", Kind: SID, begins: []string{"S"}, find: findSID,
		Why:   "The security identifier of a Windows account is the same wherever it is seen.",
		Goes:  []string{"SID ‹S-1-5-21-1004336348-1177238915-682003330›-512 x", "‹S-1-12-1-1234567890-1234567890-1234567890-1234567890›"},
		Stays: []string{"S-1-5-18", "S-1-5-32-544", "model S-1-5"},
	},
}

// findSaidUser recognises a name by the sentence around it.
func findSaidUser(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	word := foldText(string(b[s:e]))
	switch word {
	case "sudo":
		return findSudo(sc, rule, e)
	case "su":
		return findSu(sc, rule, e)
	}
	if b[e] != ' ' || isLetter(b[s-1]) {
		return 0
	}
	at := skipBlanks(b, e)
	quote := byte(0)
	if isQuote(b[at]) {
		quote = b[at]
		at++
	}
	end := sc.accountEnd(at, quote)
	name := strings.ToLower(string(b[at:end]))
	if len(name) < 2 || systemAccounts[name] || everyday[name] || allDigits(b[at:end]) || placeholder(b, at) > 0 || b[end] == '@' {
		return 0
	}
	is := func(texts ...string) bool {
		for _, t := range texts {
			if foldAt(b, end, t) {
				return true
			}
		}
		return false
	}
	switch word {
	case "su":
		return 0
	case "user", "benutzer", "gebruiker", "account", "role", "konto":
		if quote == 0 && personal(b[at:end]) {
			break
		}
		if quote != 0 {
			if b[end] != quote {
				return 0
			}
			break
		}
		if is("(uid=", " by (uid", " from ", " logged ", " by root", " has logged", " angemeldet", " abgemeldet", " aangemeld", " on tty", " signed in", " (uid", " via ssh", " authenticated") {
			break
		}
		// At the end of a sentence that is about a session.
		if (isBreak(b[end]) || end >= sc.n || b[end] == '.' && isBreak(b[end+1]) || b[end] == '.' && end+1 >= sc.n) && (foldAt(b, s-4, "for ") || foldAt(b, s-3, "of ") || foldAt(b, s-8, "invalid ")) {
			break
		}
		return 0
	case "for":
		if !is(" from ") || !foldAt(b, s-10, "publickey ") && !foldAt(b, s-9, "password ") && !foldAt(b, s-4, "pam ") && !foldAt(b, s-len("interactive/pam "), "interactive/pam ") && !foldAt(b, s-len("preauth "), "preauth ") && !foldAt(b, s-len("none "), "none ") {
			return 0
		}
	case "by":
		if !personal(b[at:end]) || !foldAt(b, s-len("owned "), "owned ") {
			return 0
		}
	case "von":
		if !personal(b[at:end]) || !foldAt(b, s-len("besitz "), "besitz ") {
			return 0
		}
	default:
		return 0
	}
	return sc.rename(rule, User, at, end)
}

// findSu recognises "su: (to root) anna on pts/0".
func findSu(sc *scanner, rule *Rule, e int) int {
	b := sc.b
	for b[e] == '[' || isDigit(b[e]) || b[e] == ']' {
		e++
	}
	if !foldAt(b, e, ": (to ") {
		return 0
	}
	for e += 6; e < sc.n && b[e] != ')' && !isBreak(b[e]); e++ {
	}
	at := e + 2
	end := sc.accountEnd(at, 0)
	if end == at || !foldAt(b, end, " on ") || systemAccounts[strings.ToLower(string(b[at:end]))] || placeholder(b, at) > 0 {
		return 0
	}
	return sc.rename(rule, User, at, end)
}

// findSudo recognises "sudo:   anna : TTY=pts/0".
func findSudo(sc *scanner, rule *Rule, e int) int {
	b := sc.b
	for b[e] == '[' || isDigit(b[e]) || b[e] == ']' {
		e++
	}
	if b[e] != ':' {
		return 0
	}
	at := skipBlanks(b, e+1)
	end := sc.accountEnd(at, 0)
	if end == at || !foldAt(b, end, " : ") || systemAccounts[strings.ToLower(string(b[at:end]))] || placeholder(b, at) > 0 {
		return 0
	}
	return sc.rename(rule, User, at, end)
}

// findSID recognises a security identifier of a domain or a machine; the last
// part, which says the role, stays.
func findSID(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if e-s != 1 || b[e] != '-' || b[e+1] != '1' || b[e+2] != '-' || isAlnum(b[s-1]) || b[s-1] == '-' {
		return 0
	}
	i, parts, last := e+1, 0, 0
	for isDigit(b[i]) {
		last = i
		for isDigit(b[i]) {
			i++
		}
		parts++
		if b[i] != '-' || !isDigit(b[i+1]) {
			break
		}
		i++
	}
	if parts < 6 || i-s < 24 {
		return 0
	}
	if parts == 7 {
		i = last - 1
	}
	return sc.rename(rule, SID, s, i)
}
