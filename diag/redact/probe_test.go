package redact

import (
	"fmt"
	"math/bits"
	"os"
	"sort"
	"testing"
)

func TestProbe(t *testing.T) {
	text, _ := os.ReadFile("/tmp/sl/app.log")
	text = text[:4<<20]
	r, _ := Compile(Known{Hosts: []string{"wks4711"}, Domains: []string{"kundenetz.lan"}})
	f := r.filter
	fmt.Println("ends", len(r.ends), "begins", len(r.begins))
	b := append([]byte("\n\n\n\n\n\n\n\n"), text...)
	b = append(b, make([]byte, 80)...)
	counts := map[string]int{}
	total, slow := 0, 0
	for p := 8; p < 8+len(text); {
		word, _ := classify((*[block]byte)(b[p : p+block]))
		next := p + block
		for q := 0; ; {
			rest := word >> q
			if rest == 0 {
				break
			}
			s := q + bits.TrailingZeros64(rest)
			size := bits.TrailingZeros64(^(word >> s))
			if s+size >= block {
				next = p + s
				if s == 0 {
					next = p + 64
				}
				break
			}
			e := s + size
			at, to := p+s, p+e
			class := classOf(b[at:to])
			total++
			w := string(b[at:to])
			if class&allDigit != 0 {
				w = fmt.Sprint("#", size)

			} else if size > 12 {
				w = "long"
			}
			k := 0
			if f.ends.has(endKey(b, to, size)) != 0 {
				counts["end "+w]++
				k = 1
				if r.ends[endKey(b, to, size)] == nil {
					counts["endmiss"]++
				}
			}
			if (size >= longWord || f.joins[b[to]] != 0) && f.begins.has(beginKey(b, at, size)) != 0 {
				counts["begin "+w]++
				k = 1
				if r.begins[beginKey(b, at, size)] == nil {
					counts["beginmiss"]++
				}
			}
			if f.shapes[class][size]&f.after[b[to]]&f.before[b[at-1]] != 0 {
				counts["shape "+string(b[at-1])+w+string(b[to])]++
				k = 1
			}
			slow += k
			q = e
		}
		p = next
	}
	type kv struct {
		k string
		n int
	}
	var l []kv
	for k, n := range counts {
		l = append(l, kv{k, n})
	}
	sort.Slice(l, func(i, j int) bool { return l[i].n > l[j].n })
	fmt.Println("words", total, "slow", slow, "bytes", len(text))
	for _, x := range l[:min(50, len(l))] {
		fmt.Println(x.n, x.k)
	}
}
