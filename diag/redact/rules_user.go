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
			"full name", "fullname", "first name", "firstname", "last name", "lastname", "given name", "surname", "vorname", "nachname", "voornaam", "achternaam", "created by", "modified by", "changed by", "ansprechpartner", "contact name", "sam account name", "samaccountname", "user principal name", "upn", "run as", "runas", "sudo_user", "sender name", "customer name", "kundenname", "klantnaam",
		},
		Goes:  []string{"session opened for user=‹anmeyer12› uid=1001", `"username": "‹anna›"`, "User Id=‹crm_anna›;Password", "USER=‹anna›", "Benutzername: ‹aschmidt›", `"fullName":"‹Anna Schmidt›"`, `user=‹FIRMA›\‹anna›`, "Account Name:\t\t‹aschmidt›", "logname= uid=0 euid=0 tty=ssh ruser= rhost=x  user=‹anna9›"},
		Stays: []string{"user=root", "uid=1001", "user interface", "user: not found", "Invalid user name or password", "user agent: x", "username=<user-11>", "user=<user-11>", "login: failed", "user=${USER}", "USER=www-data", "owner: root", "account: locked"},
	},
	{
		Name: "user-said", Kind: User, ends: []string{"user", "for", "by", "benutzer", "gebruiker", "logger", "sudo", "su", "account"}, find: findSaidUser,
		Why:   "Messages about signing in name the person.",
		Goes:  []string{"sshd[1]: Accepted publickey for ‹anna› from x port 22", "Failed password for invalid user ‹ben7› from x", "session opened for user ‹anna›(uid=1000) by (uid=0)", "session opened for user ‹anna› by (uid=0)", "session closed for user ‹anna›\n", "user '‹anna›' logged in", "sudo:   ‹anna› : TTY=pts/0", "Removed session of user \"‹anna›\".", "Benutzer \"‹anna›\" abgemeldet", "authentication failure for user ‹ben7›\n", "New session 4 of user ‹anna›."},
		Stays: []string{"Accepted publickey for root from x port 22", "user interface from x", "waiting for connection from server", "for user in list", "su: failed", "looking for answers from them", "closed by remote host", "user session started"},
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
	if word == "sudo" {
		return findSudo(sc, rule, e)
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
	case "user", "benutzer", "gebruiker", "account":
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
	default:
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
