// Package corpus makes tickets as people write them, for tests and figures:
// three languages, words as often as in real texts (Zipf), error texts that
// many share, and what only one has. The same number gives the same ticket.
package corpus

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
)

// Ticket is one that nobody has filed.
type Ticket struct {
	Title, Description string
	Entry, Solution    string
	Product, Version   string
	Language           string
	Signs              []string
}

// Products are what tickets are about, the most frequent first.
var Products = []string{"Ledger", "Warehouse", "Payroll", "Counter", "Scanner", "Portal", "Archive", "Connector"}

// Of makes the ticket of a number.
func Of(number int64) Ticket {
	r := rand.New(rand.NewPCG(uint64(number), 7))
	l := languages()[[...]int{0, 0, 0, 0, 0, 1, 1, 2, 2, 2}[r.IntN(10)]]
	t := Ticket{Language: l.tag, Product: Products[int(float64(len(Products))*r.Float64()*r.Float64())], Version: fmt.Sprintf("%d.%d", 20+r.IntN(6), r.IntN(4))}
	t.Title = l.text(r, 4+r.IntN(5))
	t.Description = l.text(r, 25+r.IntN(60)) + fmt.Sprintf(" %d", 100000+r.IntN(9000000))
	t.Entry = l.text(r, 10+r.IntN(50))
	if r.IntN(10) < 8 {
		t.Solution = l.text(r, 6+r.IntN(20))
	}
	for range r.IntN(4) {
		t.Signs = append(t.Signs, Sign(zipf(r, signs)))
	}
	return t
}

const signs = 6000

// Sign is the error text of a number, 0 the most frequent one.
func Sign(n int) string {
	r := rand.New(rand.NewPCG(uint64(n), 11))
	l := languages()[2]
	switch n % 4 {
	case 0:
		return fmt.Sprintf("ERROR %s %s: ORA-%05d %s", l.word(r), l.word(r), n, l.text(r, 5))
	case 1:
		return fmt.Sprintf("# [%s] failed to %s <path>: %s (0x%08x)", l.word(r), l.word(r), l.text(r, 4), 0x80070000+n)
	case 2:
		return fmt.Sprintf("Exception in thread %q com.example.%sException: %s", "main", strings.ToUpper(l.word(r)[:1])+l.word(r), l.text(r, 6))
	}
	return fmt.Sprintf("%s.go:%d: %s refused, HTTP %d", l.word(r), n%900, l.text(r, 4), 400+n%120)
}

type language struct {
	tag   string
	stops []string
	words []string
}

// text is n words, of which two in five say nothing.
func (l *language) text(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
			if r.IntN(12) == 0 {
				b.WriteString("– ")
			}
		}
		if r.IntN(5) < 2 {
			b.WriteString(l.stops[zipf(r, len(l.stops))])
		} else {
			b.WriteString(l.word(r))
		}
	}
	return b.String()
}

func (l *language) word(r *rand.Rand) string { return l.words[zipf(r, len(l.words))] }

// zipf draws a rank below n, each as often as one over itself.
func zipf(r *rand.Rand, n int) int {
	return min(n-1, int(math.Exp(r.Float64()*math.Log(float64(n)+1)))-1)
}

// languages are three, each with a hundred thousand words, of which most are hardly ever used.
var languages = sync.OnceValue(func() []*language {
	out := []*language{
		{tag: "de", stops: strings.Fields("die der und das ist nicht ich wir mit für auf ein eine wird beim bei seit wenn aber auch von zu den im")},
		{tag: "nl", stops: strings.Fields("de het een en is niet ik wij met voor op bij sinds als maar ook van te dat er wordt")},
		{tag: "en", stops: strings.Fields("the a and is not i we with for on it at since when but also of to that there be")},
	}
	parts := [][3][]string{
		{strings.Fields("sch k dr b l m st pr f w z gr tr h n r bl kr sp v"), strings.Fields("a e i o u ei au ie ä ö ü eu"), strings.Fields("r n l t ch ng ck st m s ft tz ll nd rk")},
		{strings.Fields("k v b s w g h dr st pr m l n z sch kl bl tr vr d"), strings.Fields("aa e ij oo u oe ie ee o a ui ou"), strings.Fields("r n k t l s g p m nd cht rk ng st f")},
		{strings.Fields("s c b t pr cl m f d g h l n r st tr sh w p br"), strings.Fields("a e i o u ea ou ai oo ee io y"), strings.Fields("t n r ck ll m s nd p st ng ght rd ch ve")},
	}
	for i, l := range out {
		r := rand.New(rand.NewPCG(uint64(i), 3))
		seen := map[string]bool{}
		for len(l.words) < 100_000 {
			var b strings.Builder
			for range 1 + r.IntN(1+min(3, len(l.words)/50)) {
				for _, p := range parts[i] {
					b.WriteString(p[r.IntN(len(p))])
				}
			}
			w := b.String()
			if seen[w] {
				w += [...]string{"er", "en", "e", "s", "ung", "ing"}[r.IntN(6)]
			}
			if !seen[w] {
				seen[w] = true
				l.words = append(l.words, w)
			}
		}
	}
	return out
})
