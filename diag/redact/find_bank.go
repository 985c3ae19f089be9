package redact

// findIBAN recognises an account's number, compact or in groups of four.
func findIBAN(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if e-s > 16 && isDigit(b[s]) && isDigit(b[s+1]) && b[s-1] == '?' { // SWIFT's fields: ?31DE...
		s += 2
	}
	if !isLetter(b[s]) || !isLetter(b[s+1]) || !isDigit(b[s+2]) || !isDigit(b[s+3]) || isAlnum(b[s-1]) && b[s-3] != '?' {
		return 0
	}
	size := ibanSize[[2]byte{lower(b[s]), lower(b[s+1])}]
	if size == 0 {
		return 0
	}
	i, n, rest := s, 0, 0
	feed := func(c byte) {
		if isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(lower(c)-'a') + 10) % 97
		}
	}
	for n < size {
		c := b[i]
		if (c == ' ' || c == '-') && n%4 == 0 && n > 0 && isAlnum(b[i+1]) {
			i++
			continue
		}
		if !isAlnum(c) {
			return 0
		}
		if n >= 4 {
			feed(c)
		}
		n++
		i++
	}
	if isAlnum(b[i]) {
		return 0
	}
	for k := range 4 {
		feed(b[s+k])
	}
	if rest != 1 {
		return 0
	}
	return sc.rename(rule, IBAN, s, i)
}

// ibanSize is the length of an account's number by country, from the SWIFT registry.
var ibanSize = func() map[[2]byte]int {
	m := map[[2]byte]int{}
	const registry = "al28 ad24 at20 az28 bh22 by28 be16 ba20 br29 bg22 cr22 hr21 cy28 cz24 dk18 do28 eg29 sv28 ee20 fo18 fi18 fr27 ge22 de22 gi23 gr27 gl18 gt28 hu28 is26 iq23 ie22 il23 it27 jo30 kz20 xk20 kw30 lv21 lb28 ly25 li21 lt20 lu20 mk19 mt31 mr27 mu30 mc27 md24 me22 nl18 no15 pk24 ps29 pl28 pt25 qa29 ro24 lc32 sm27 st25 sa24 rs22 sc31 sk24 si19 es24 sd18 se24 ch21 tl23 tn24 tr26 ua29 ae23 gb22 va22 vg24 bi27 dj27 ru33 so23 ni28 mn20 fk18 om23"
	for i := 0; i+4 <= len(registry); i += 5 {
		m[[2]byte{registry[i], registry[i+1]}] = number(registry[i+2 : i+4])
	}
	return m
}()

// findCard recognises a card's number by its issuer's range, its length and
// its check digit (Luhn).
func findCard(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if isAlnum(b[s-1]) || b[s-1] == '.' || b[s-1] == '-' && isAlnum(b[s-2]) || b[s-1] == '+' || b[s-1] == ' ' && isDigit(b[s-2]) && isDigit(b[s-3]) && isDigit(b[s-4]) && isDigit(b[s-5]) && e-s == 4 {
		return 0
	}
	var d [19]byte
	i, n := s, 0
	mark := byte(0)
	if e-s == 4 {
		mark = b[e]
		if b[e+5] != mark && b[e+7] != mark {
			return 0
		}
	}
	groups := 0
	for ; i < sc.n && n < len(d); i++ {
		c := b[i]
		if isDigit(c) {
			d[n] = c - '0'
			n++
			continue
		}
		if mark == 0 || c != mark || !isDigit(b[i+1]) || groups > 3 {
			break
		}
		groups++
	}
	if mark != 0 {
		amex := (n == 15 || n == 14) && groups == 2 && b[s+11] == mark
		if !amex && (n != 16 || groups != 3 || b[s+9] != mark || b[s+14] != mark) {
			return 0
		}
	}
	if isAlnum(b[i]) || b[i] == '.' && isDigit(b[i+1]) || !issued(d[:n]) || !luhn(d[:n]) {
		return 0
	}
	return sc.rename(rule, Card, s, i)
}

// issued reports whether a number begins and is as long as those of an issuer
// of payment cards.
func issued(d []byte) bool {
	if len(d) < 13 {
		return false
	}
	two := int(d[0])*10 + int(d[1])
	four := two*100 + int(d[2])*10 + int(d[3])
	switch len(d) {
	case 13:
		return d[0] == 4
	case 17, 18:
		return four == 6304 || four == 6759 || four == 6761 || four == 6763 || two == 50 || two >= 56 && two <= 58
	case 14:
		return two == 36 || two == 38 || four/10 >= 300 && four/10 <= 305
	case 15:
		return two == 34 || two == 37
	case 16:
		return d[0] == 4 || two >= 51 && two <= 55 || four >= 2221 && four <= 2720 || four == 6011 || two == 65 ||
			four/10 >= 644 && four/10 <= 649 || four >= 3528 && four <= 3589 || two == 62 || two == 50 || two >= 56 && two <= 58 || four == 6304 || four == 6759 || four == 6761 || four == 6763
	case 19:
		return d[0] == 4 || two == 62 || two == 63 || two == 67
	}
	return false
}

func luhn(d []byte) bool {
	sum := 0
	for i := range d {
		c := int(d[len(d)-1-i])
		if i%2 == 1 {
			if c *= 2; c > 9 {
				c -= 9
			}
		}
		sum += c
	}
	return sum%10 == 0
}
