package plant

import (
	"fmt"
	"strings"
)

// bban are the account parts of IBANs as patterns, from the registry of SWIFT.
var bban = map[string]string{
	"DE": "#{18}", "AT": "#{16}", "NL": "@{4}#{10}", "BE": "#{12}", "FR": "#{10}*{11}##", "IT": "@#{10}*{12}",
	"ES": "#{20}", "CH": "#{5}*{12}", "LU": "###*{13}", "GB": "@{4}#{14}", "PL": "#{24}", "DK": "#{14}",
	"SE": "#{20}", "NO": "#{11}", "FI": "#{14}", "CZ": "#{20}", "IE": "@{4}#{14}", "PT": "#{21}",
	"HU": "#{24}", "LI": "#{5}*{12}", "TR": "#{5}0*{16}", "MT": "@{4}#{5}*{18}",
}

// iban gives one of "country", or "country sep" in groups of four (ISO 13616).
func (g *gen) iban(arg string) string {
	country, sep, _ := strings.Cut(arg, " ")
	body := g.pattern(bban[country])
	number := country + fmt.Sprintf("%02d", 98-mod97(body+country+"00")) + body
	switch sep {
	case "":
		return number
	case "lower":
		return strings.ToLower(number)
	case "space":
		return group(number, " ", 4)
	}
	return group(number, sep, 4)
}

// mod97 is ISO 7064 MOD 97-10 over digits and letters (A is 10).
func mod97(s string) int {
	m := 0
	for i := range len(s) {
		if c := s[i]; c >= 'A' {
			m = (m*100 + int(c-'A') + 10) % 97
		} else {
			m = (m*10 + int(c-'0')) % 97
		}
	}
	return m
}

// brands are prefix and length of cards.
var brands = map[string]struct {
	prefix string
	length int
}{
	"visa": {"4", 16}, "visa13": {"4", 13}, "visa19": {"4", 19}, "mastercard": {"5^", 16}, "mastercard2": {"22#", 16},
	"amex": {"37", 15}, "amex34": {"34", 15}, "discover": {"6011", 16}, "discover65": {"65", 16}, "diners": {"36", 14},
	"jcb": {"3530", 16}, "maestro": {"6759", 16}, "unionpay": {"62", 16}, "maestro18": {"6304", 18},
}

// card gives one of "brand", or "brand sep" in the groups printed on the card.
func (g *gen) card(arg string) string {
	brand, sep, _ := strings.Cut(arg, " ")
	b := brands[brand]
	prefix := b.prefix
	switch brand { // ranges that a pattern cannot say
	case "mastercard":
		prefix = "5" + g.chars("12345", 1)
	case "mastercard2":
		prefix = fmt.Sprint(g.between(2221, 2720))
	}
	number := g.luhnOf(prefix + fmt.Sprintf("#{%d}", b.length-1-len(prefix)))
	if sep == "" {
		return number
	}
	sep = strings.Replace(sep, "space", " ", 1)
	if b.length < 16 && b.length > 13 { // 4-6-5 and 4-6-4
		return number[:4] + sep + number[4:10] + sep + number[10:]
	}
	return group(number, sep, 4)
}

// luhnOf gives a pattern's digits and the digit that makes them pass Luhn.
func (g *gen) luhnOf(pattern string) string {
	s := g.pattern(pattern)
	return s + fmt.Sprint((10-luhn(s+"0"))%10)
}

// luhn is the sum of ISO/IEC 7812 modulo 10; 0 passes.
func luhn(s string) int {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return sum % 10
}

// order gives a number as long as a card's and with its prefix that fails Luhn.
func (g *gen) order() string {
	s := g.card("visa")
	return s[:15] + fmt.Sprint((int(s[15]-'0')+g.between(1, 9))%10)
}
