package redact

// numberRules find the numbers that states give to people and companies.
var numberRules = []*Rule{
	{
		Name: "tax-id", Kind: ID, shapes: []shape{{class: digits, min: 11, max: 11}, {class: digits, min: 2, max: 2, next: " ", notPrev: "=.:/-[+"}}, find: findTaxID,
		Why:   "The German tax number of a person, § 139b AO, check digit after ISO 7064.",
		Goes:  []string{"Steuer-ID ‹86095742719›", "IdNr. ‹86 095 742 719›"},
		Stays: []string{"86095742718", "12345678901", "seq 11111111111"},
	},
	{
		Name: "pension", Kind: ID, shapes: []shape{{class: numbered, min: 12, max: 12}, {class: digits, min: 2, max: 2, next: " ", notPrev: "=.:/-[+"}}, find: findPension,
		Why:   "The German number of pension insurance, § 147 SGB VI.",
		Goes:  []string{"SVNR ‹15070649C103›", "RV ‹15 070649 C 103›"},
		Stays: []string{"15070649C104", "a1b2c3d4e5f6", "12345678A123"},
	},
	{
		Name: "vat", Kind: ID, shapes: []shape{{class: numbered, min: 11, max: 11}, {class: numbered, min: 14, max: 14}}, find: findVAT,
		Why:   "The number under which a company pays value added tax.",
		Goes:  []string{"USt-IdNr. ‹DE136695976›", "UID ‹ATU13585627›", "btw ‹NL004495445B01›"},
		Stays: []string{"DE123456789X", "DE000000000", "ATU12", "NL123"},
	},
	{
		Name: "state-number", Kind: ID, Form: Code, least: 8,
		Why: "A number that a state gives to a person.",
		Keys: []string{
			"bsn", "burgerservicenummer", "sofinummer", "sofi nummer", "bsn nummer", "svnr", "sv nr", "sv nummer", "sozialversicherungsnummer", "versicherungsnummer", "rentenversicherungsnummer", "social security number", "ssn", "steuernummer", "steuer nr", "st nr", "steuer id", "steueridentifikationsnummer", "idnr", "id nr", "tax id", "tax number", "tin", "ust idnr", "ust id", "uid nummer", "btw nummer", "btw id", "vat id", "vat number", "vat no", "personalausweisnummer", "ausweisnummer", "reisepassnummer", "passport number", "passport no", "paspoortnummer", "rsin", "kvk nummer", "national id", "personalnummer", "insurance number", "krankenversicherungsnummer", "kvnr",
		},
		Goes:  []string{"BSN: ‹111222333›", "Sozialversicherungsnummer: ‹1237 010180›", "Steuernummer: ‹93/815/08152›"},
		Stays: []string{"bsn: none", "ssn=<id-12>"},
	},
}

// findTaxID recognises eleven digits of which exactly one comes twice or three
// times among the first ten, and whose last is the check digit.
func findTaxID(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if isWord(b[s-1]) || b[s] == '0' || b[s-1] == '.' || b[s-1] == '-' || b[s-1] == '+' {
		return 0
	}
	if e-s == 2 && (b[e+4] != ' ' || b[e+8] != ' ') {
		return 0
	}
	i := s
	var d [11]int
	for k := range d {
		if e-s == 2 && (k == 2 || k == 5 || k == 8) {
			if b[i] != ' ' {
				return 0
			}
			i++
		}
		if !isDigit(b[i]) {
			return 0
		}
		d[k] = int(b[i] - '0')
		i++
	}
	if isWord(b[i]) || b[i] == '.' && isDigit(b[i+1]) {
		return 0
	}
	var count [10]int
	for _, x := range d[:10] {
		count[x]++
	}
	missing, repeated := 0, 0
	for _, n := range count {
		switch {
		case n == 0:
			missing++
		case n > 3:
			return 0
		case n > 1:
			repeated++
		}
	}
	if repeated != 1 || missing > 2 || check1110(d[:10]) != d[10] {
		return 0
	}
	return sc.rename(rule, ID, s, i)
}

// check1110 gives the check digit of ISO/IEC 7064, MOD 11,10.
func check1110(d []int) int {
	product := 10
	for _, x := range d {
		sum := (x + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return (11 - product) % 10
}

// findPension recognises two digits of the office, the day of birth, a letter,
// two digits and a check digit.
func findPension(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if isWord(b[s-1]) || !isDigit(b[s]) || !isDigit(b[s+1]) || e-s == 12 && !isDigit(b[s+2]) {
		return 0
	}
	var c [12]byte
	i, n := s, 0
	for n < len(c) {
		if b[i] == ' ' && (n == 2 || n == 8 || n == 9) {
			i++
		}
		if !isAlnum(b[i]) {
			return 0
		}
		c[n] = b[i]
		n++
		i++
	}
	letter := c[8]
	if isWord(b[i]) || letter-'A' >= 26 || !allDigits(c[:8]) || !allDigits(c[9:]) {
		return 0
	}
	if day, month := number(string(c[2:4])), number(string(c[4:6])); day < 1 || day > 81 || month < 1 || month > 12 {
		return 0
	}
	at := int(letter-'A') + 1
	values := []int{int(c[0] - '0'), int(c[1] - '0'), int(c[2] - '0'), int(c[3] - '0'), int(c[4] - '0'), int(c[5] - '0'), int(c[6] - '0'), int(c[7] - '0'), at / 10, at % 10, int(c[9] - '0'), int(c[10] - '0')}
	sum := 0
	for k, weight := range []int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1} {
		x := values[k] * weight
		sum += x/10 + x%10
	}
	if sum%10 != int(c[11]-'0') {
		return 0
	}
	return sc.rename(rule, ID, s, i)
}

// findVAT recognises the tax numbers of companies in three countries.
func findVAT(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	w := b[s:e]
	switch {
	case len(w) == 11 && w[0] == 'D' && w[1] == 'E' && allDigits(w[2:]) && w[2] != '0':
		var d [8]int
		for k := range d {
			d[k] = int(w[2+k] - '0')
		}
		if check1110(d[:]) != int(w[10]-'0') {
			return 0
		}
	case len(w) == 11 && string(w[:3]) == "ATU" && allDigits(w[3:]):
	case len(w) == 14 && string(w[:2]) == "NL" && allDigits(w[2:11]) && w[11] == 'B' && allDigits(w[12:]):
	default:
		return 0
	}
	return sc.rename(rule, ID, s, e)
}
