package plant

import (
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// The computations here are other ones than those that made the numbers, and
// each is held against a number that was published.
var valid = map[string]struct {
	ok        func(string) bool
	published string
}{
	"iban":     {ibanOK, "DE89 3704 0044 0532 0130 00"}, // ISO 13616
	"card":     {luhnOK, "4111 1111 1111 1111"},
	"steuerid": {func(s string) bool { return len(s) == 11 && iso11OK(s) && repeats(s[:10]) }, "86095742719"}, // BZSt
	"ustid":    {func(s string) bool { return s[:2] == "DE" && len(s) == 11 && iso11OK(s[2:]) }, "DE136695976"},
	"uid":      {atuOK, "ATU13585627"}, // Commission's algorithms
	"btw":      {func(s string) bool { return s[11] == 'B' && bsnOK(s[2:11]) }, "NL004495445B01"},
	"btw97":    {func(s string) bool { return big97(s) == 1 }, "NL123456789B13"},
	"rvnr":     {rvOK, "15 070649 C 10 3"}, // VKVV
	"bsn":      {bsnOK, "111222333"},
	"svnr":     {svOK, "1237 010180"},
}

func big97(s string) int64 {
	var digits strings.Builder
	for _, c := range s {
		if c >= 'A' {
			digits.WriteString(big.NewInt(int64(c - 'A' + 10)).String())
		} else {
			digits.WriteRune(c)
		}
	}
	n, ok := new(big.Int).SetString(digits.String(), 10)
	if !ok {
		return -1
	}
	return n.Mod(n, big.NewInt(97)).Int64()
}

func ibanOK(s string) bool { return len(s) >= 15 && len(s) <= 34 && big97(s[4:]+s[:4]) == 1 }

func luhnOK(s string) bool {
	double := [10]int{0, 2, 4, 6, 8, 1, 3, 5, 7, 9}
	sum := 0
	for i := len(s) - 1; i >= 0; i -= 2 {
		sum += int(s[i] - '0')
		if i > 0 {
			sum += double[s[i-1]-'0']
		}
	}
	return len(s) >= 12 && sum%10 == 0
}

// iso11OK follows the definition: the last product plus the digit is 1 modulo 10.
func iso11OK(s string) bool {
	p := 10
	for _, c := range s[:len(s)-1] {
		if p = (p + int(c-'0')) % 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (p+int(s[len(s)-1]-'0'))%10 == 1
}

func repeats(s string) bool {
	distinct := map[rune]bool{}
	for _, c := range s {
		distinct[c] = true
	}
	return len(distinct) == 9 && s[0] != '0'
}

func weighted(s string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return sum
}

func bsnOK(s string) bool { return len(s) == 9 && weighted(s, 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0 }

func svOK(s string) bool {
	return len(s) == 10 && weighted(s, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6)%11 == int(s[3]-'0')
}

func atuOK(s string) bool {
	sum := weighted(s[3:], 1, 0, 1, 0, 1, 0, 1, 1)
	for _, i := range []int{4, 6, 8} {
		sum += strings.IndexByte("0516273849", s[i]) // the cross sum of twice the digit
	}
	return len(s) == 11 && (sum+4)%10 == 0
}

func rvOK(s string) bool {
	letter := int(s[8]-'A') + 1
	d := s[:8] + string(rune('0'+letter/10)) + string(rune('0'+letter%10)) + s[9:]
	sum := 0
	for i, w := range []int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1} {
		for p := w * int(d[i]-'0'); p > 0; p /= 10 {
			sum += p % 10
		}
	}
	return len(s) == 12 && sum%10 == int(s[11]-'0')
}

var holes = regexp.MustCompile(`[«‹](iban|card|tax) ([^»›]+)[»›]`)

// TestNumbers makes every number that a table asks for.
func TestNumbers(t *testing.T) {
	plain := strings.NewReplacer(" ", "", "-", "")
	for name, v := range valid {
		if !v.ok(plain.Replace(v.published)) {
			t.Errorf("%s: the published %s is refused", name, v.published)
		}
	}
	g := &gen{Rand: rand.New(rand.NewPCG(5, 6)), now: epoch}
	files, _ := tables.ReadDir("kinds")
	asked := 0
	for _, f := range files {
		text, _ := tables.ReadFile("kinds/" + f.Name())
		for _, hole := range holes.FindAllStringSubmatch(string(text), -1) {
			asked++
			name := hole[1]
			if name == "tax" {
				name, _, _ = strings.Cut(hole[2], "-")
			}
			for range 200 {
				s, _ := makers()[hole[1]](g, hole[2])
				if !valid[name].ok(strings.ToUpper(plain.Replace(s))) {
					t.Fatalf("%s: %q of %q is not valid", f.Name(), s, hole[0])
				}
			}
		}
	}
	if asked < 80 {
		t.Errorf("only %d numbers found in the tables", asked)
	}
	for range 200 {
		if s := g.order(); luhnOK(s) {
			t.Errorf("order %s passes Luhn", s)
		}
		if s := g.luhnOf("35#{12}"); !luhnOK(s) {
			t.Errorf("IMEI %s fails Luhn", s)
		}
	}
}

func TestChecked(t *testing.T) {
	if sum := checksum("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ"); sum != "0mLq17" { // published with the format
		t.Errorf("got %s", sum)
	}
}
