package redact

// phoneRules find telephone numbers.
var phoneRules = []*Rule{
	{
		Name: "phone", Kind: Phone, shapes: []shape{{class: digits, min: 1, max: 15, prev: "+"}, {class: digits, min: 3, max: 5, next: "/"}, {class: digits, min: 4, max: 4, next: " -/("}, {class: digits, min: 12, max: 17, prev: `:="'/(`}}, find: findPhone,
		Why:   "A telephone number is a person's.",
		Goes:  []string{"callback requested at ‹+49 711 1234567›", "tel:‹+4971112345678›", "‹+31 (0)20 123 4567›", "‹+43-1-58858-0›", "‹0049 711 1234567›", "‹0711/1234567›", "‹+49 (0) 711 / 12 34 567›"},
		Stays: []string{"GMT+0100", "+10485760 bytes", "790x283+492+306", "a+123456789", "+1 more", "2026-11-22T08:00:00+01:00", "delta +5 1234", "0x00497111234567", "1/2345678", "12/2025", "+12.5", "0,5/1234567"},
	},
	{
		Name: "phone-key", Kind: Phone, Form: Number, least: 6,
		Why: "A telephone number is a person's.",
		Keys: []string{
			"phone", "phone number", "telephone", "telephone number", "tel", "mobile", "mobile number", "mobile phone", "cell", "fax", "fax number", "msisdn", "caller", "callerid", "caller id", "callee", "telefon", "telefonnummer", "tel nr", "handy", "handynummer", "mobil", "mobilnummer", "rufnummer", "durchwahl", "rückruf", "telefoon", "telefoonnummer", "mobiel", "mobiele nummer", "phone no",
		},
		Goes:  []string{"Tel.: ‹0711 123456›", `"phone":"‹030-1234567›"`, "Telefon: ‹(0711) 123456›", "Rufnummer=‹071112345›"},
		Stays: []string{"mobile: true", "phone=none", "fax: 12"},
	},
}

// findPhone recognises a number in international form, or with 00 or the slash
// that German numbers have after their area.
func findPhone(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[s-1] != '+' && b[s] != '0' {
		return 0
	}
	from, joined := s, false
	least, most := 9, 15
	switch {
	case b[s-1] == '+' && !isAlnum(b[s-2]) && b[s-2] != '.' && b[s] != '0':
		from = s - 1
	case b[s] == '0' && b[s+1] == '0' && b[s+2]-'1' < 9 && e-s >= 4 && !isWord(b[s-1]) && b[s-1] != '.' && b[s-1] != '-' && b[s-1] != ':' && (b[s-1] != '/' || e-s >= 11) && b[s-1] != ',':
		least, most = 12, 17
		joined = e-s > 6
	case b[s] == '0' && b[s+1]-'1' < 9 && e-s >= 3 && e-s <= 5 && b[e] == '/' && isDigit(b[e+1]) && !isWord(b[s-1]) && b[s-1] != '.' && b[s-1] != '/' && b[s-1] != ',' && b[s-1] != '-':
		least = 8
	case b[s] == '0' && b[s+1]-'1' < 9 && (e-s == 4 || e-s == 5) && b[e] == ' ' && b[s-1] == ' ' && isLetter(b[s-2]) && allDigits(b[e+1:e+7]):
		least, most = 10, 13 // "unter 0228 3752987"
	default:
		return 0
	}
	i, n, marks := s, 0, 0
	for i < sc.n && i-s < 32 {
		c := b[i]
		if isDigit(c) {
			n++
			i++
			continue
		}
		step := phoneJoint(b, i)
		if step == 0 {
			break
		}
		if marks == 0 && n >= 10 {
			break // written without marks, it is over: another number follows
		}
		marks++
		i += step
	}
	if n < least || n > most || isWord(b[i]) || b[i] == ':' && isDigit(b[i+1]) || marks > 8 {
		return 0
	}
	if from < s && marks == 0 {
		// Without any mark, only numbers long enough to be no amount, of a country.
		if n < 10 || !countryCode(b[s:]) {
			return 0
		}
	}
	if joined && marks == 0 && n < 12 {
		return 0
	}
	return sc.rename(rule, Phone, from, i)
}

// phoneJoint steps over what stands between the digits of a number.
func phoneJoint(b []byte, i int) int {
	n := 0
	for n < 4 && (b[i+n] == ' ' || b[i+n] == '-' || b[i+n] == '/' || b[i+n] == '(' || b[i+n] == ')' || b[i+n] == '.') {
		n++
	}
	if n == 0 || !isDigit(b[i+n]) || n == 4 {
		return 0
	}
	return n
}

// countryCode reports whether the digits begin with a code of the countries
// that this program's people mostly call.
func countryCode(b []byte) bool {
	switch b[0] {
	case '1', '7':
		return true
	case '2':
		return b[1] == '0' || b[1] == '7'
	case '3', '4', '6', '8', '9':
		return true
	case '5':
		return true
	}
	return false
}
