package redact

// calls are functions that take a password as text: which of the texts between
// quotation marks it is, 0 the last.
var calls = map[string]int{
	"networkcredential": 2, "getconnection": 0, "usernamepasswordcredentials": 2, "convertto-securestring": 1, "mapnetworkdrive": 5, "openrowset": 4, "pgp_sym_decrypt": 0, "pgp_sym_encrypt": 0,
	"passwordauthentication": 2, "usernamepasswordauthenticationtoken": 2, "basicauth": 2, "httpbasicauth": 2, "setbasicauth": 2, "basic_auth": 2, "mysqli_connect": 3, "mysql_connect": 3, "pg_connect": 1, "logonuser": 3, "opendatabase": 0,
}

var callNames = func() (names []string) {
	for name := range calls {
		names = append(names, lastWord(name))
	}
	return names
}()

// findCall replaces the password among the texts that a function is called with.
func findCall(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[e] != '(' && b[e] != ' ' {
		return 0
	}
	for isWord(b[s-1]) || b[s-1] == '-' {
		s--
	}
	want, ok := calls[foldText(string(b[s:e]))]
	if !ok {
		return 0
	}
	var texts []argument
	for i := e; i < sc.n && i-e < 512 && !isBreak(b[i]) && !(b[i] == ')' && b[e] == '('); i++ {
		if !isQuote(b[i]) {
			continue
		}
		end, closed := (&span{quote: b[i]}).find(b, i+1, sc.n)
		if !closed {
			break
		}
		texts = append(texts, argument{i + 1, end})
		i = end
		if len(texts) == want {
			break
		}
	}
	if len(texts) == 0 || want == 0 && len(texts) < 1 {
		return 0
	}
	if want == 5 || want == 4 { // optional arguments before it
		want = min(want, len(texts))
		if len(texts) < 3 {
			return 0
		}
	}
	if want > len(texts) {
		return 0
	}
	a := texts[len(texts)-1]
	if want > 0 {
		a = texts[want-1]
	}
	return sc.argumentPart(rule, a, "")
}
