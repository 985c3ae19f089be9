package plant

import (
	"fmt"
	"strings"
)

// tax gives a number of a person or company with its check digit. Grouped
// forms are cut as offices print them.
func (g *gen) tax(kind string) string {
	switch kind {
	case "steuerid":
		return g.steuerID()
	case "steuerid-grouped":
		s := g.steuerID()
		return s[:2] + " " + s[2:5] + " " + s[5:8] + " " + s[8:]
	case "ustid":
		return "DE" + iso11(g.pattern("^#{7}"))
	case "uid":
		return "ATU" + g.atu()
	case "rvnr":
		return g.pension()
	case "rvnr-grouped":
		s := g.pension()
		return s[:2] + " " + s[2:8] + " " + s[8:9] + " " + s[9:]
	case "bsn":
		return g.eleven()
	case "btw": // companies: the RSIN's digits, which pass the same test
		return "NL" + g.eleven() + "B" + g.pattern("0^")
	case "btw97": // sole traders since 2020: MOD 97-10
		s := "NL" + g.pattern("^#{8}") + "B"
		return s + fmt.Sprintf("%02d", (98-mod97(s+"00"))%97)
	case "svnr":
		return strings.Replace(g.svnr(), " ", "", 1)
	}
	return g.svnr()
}

// iso11 appends the digit of ISO 7064 MOD 11,10.
func iso11(s string) string {
	p := 10
	for i := range len(s) {
		t := (int(s[i]-'0') + p) % 10
		if t == 0 {
			t = 10
		}
		p = t * 2 % 11
	}
	return s + fmt.Sprint((11-p)%10)
}

// steuerID has ten digits of which exactly one comes twice (§ 139a AO).
func (g *gen) steuerID() string {
	perm := g.Perm(10)
	if perm[0] == 0 {
		perm[0], perm[9] = perm[9], perm[0]
	}
	perm[9] = perm[g.IntN(8)] // apart from its twin: no digit three times in a row
	var b strings.Builder
	for _, d := range perm {
		fmt.Fprint(&b, d)
	}
	return iso11(b.String())
}

// atu is the eight digits of an Austrian VAT number.
func (g *gen) atu() string {
	s := g.pattern("^#{6}")
	sum := 4
	for i := range 7 {
		d := int(s[i] - '0')
		if i%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return s + fmt.Sprint((10-sum%10)%10)
}

// pension is a number of the Deutsche Rentenversicherung (VKVV § 4).
func (g *gen) pension() string {
	area := g.pick("02", "10", "12", "15", "24", "53", "65")
	letter := g.chars(upper, 1)
	s := area + g.birth() + fmt.Sprintf("%02d", letter[0]-'A'+1) + g.pattern("##")
	sum := 0
	for i, w := range []int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1} {
		d := int(s[i]-'0') * w
		sum += d/10 + d%10
	}
	return s[:8] + letter + s[10:] + fmt.Sprint(sum%10)
}

func (g *gen) birth() string {
	return fmt.Sprintf("%02d%02d%02d", g.between(1, 28), g.between(1, 12), g.between(40, 99))
}

// eleven gives nine digits that pass the Dutch eleven test: weights 9 to 2,
// and -1 for the last.
func (g *gen) eleven() string {
	for {
		s := g.pattern("^#{7}")
		sum := 0
		for i := range 8 {
			sum += (9 - i) * int(s[i]-'0')
		}
		for d := range 10 {
			if (sum-d)%11 == 0 {
				return s + fmt.Sprint(d)
			}
		}
	}
}

// svnr is an Austrian social-security number, "1234 010180".
func (g *gen) svnr() string {
	for {
		serial, birth := g.pattern("^##"), g.birth()
		sum := 0
		for i, w := range []int{3, 7, 9, 5, 8, 4, 2, 1, 6} {
			sum += w * int((serial + birth)[i]-'0')
		}
		if c := sum % 11; c < 10 {
			return serial + fmt.Sprint(c) + " " + birth
		}
	}
}
