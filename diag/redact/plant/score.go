package plant

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Count is what became of one variant's values. Right is gone, or with Keep
// survived; Wrong is the contrary; Lost is a marker that was not found again.
type Count struct {
	Planted, Right, Wrong, Lost int
	Keep                        bool
	Example                     string // a value treated wrongly, and its line, cut at 400 bytes
}

func (c Count) add(o Count) Count {
	return Count{Planted: c.Planted + o.Planted, Right: c.Right + o.Right, Wrong: c.Wrong + o.Wrong, Lost: c.Lost + o.Lost, Keep: o.Keep}
}

// Score is what a redactor did with one log.
type Score struct {
	Variants map[string]Count // by "kind/variant"
	// Clean records found again; of them changed; and those missing between others.
	Clean, CleanChanged, CleanLost int
}

func (s *Score) example(p Plant, text []byte) {
	key := p.Kind + "/" + p.Variant
	n := s.Variants[key]
	if n.Example == "" {
		n.Example = fmt.Sprintf("%q in %.400q", p.Value, text)
		s.Variants[key] = n
	}
}

// Kinds sums the variants of each kind.
func (s Score) Kinds() map[string]Count {
	sum := map[string]Count{}
	for key, n := range s.Variants {
		kind, _, _ := strings.Cut(key, "/")
		sum[kind] = sum[kind].add(n)
	}
	return sum
}

// Recall is the share of secrets that are gone, 0 to 1; 1 without any. What
// was lost with its marker does not count as gone.
func (s Score) Recall() float64 { return s.share(false) }

// Survived is the share of look-alikes that are left as they were, 0 to 1.
func (s Score) Survived() float64 { return s.share(true) }

func (s Score) share(keep bool) float64 {
	var sum Count
	for _, n := range s.Variants {
		if n.Keep == keep {
			sum = sum.add(n)
		}
	}
	if sum.Planted == 0 {
		return 1
	}
	return float64(sum.Right) / float64(sum.Planted)
}

// String lists the kinds, and each variant that was not always treated right
// with one example.
func (s Score) String() string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(s.Variants)) {
		if n := s.Variants[key]; n.Right < n.Planted {
			fmt.Fprintf(&b, "%-34s %d of %d right, %d lost: %s\n", key, n.Right, n.Planted, n.Lost, n.Example)
		}
	}
	kinds := s.Kinds()
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		n := kinds[kind]
		fmt.Fprintf(&b, "%-20s %6d planted %6.1f%% right\n", kind, n.Planted, 100*float64(n.Right)/float64(n.Planted))
	}
	fmt.Fprintf(&b, "gone %.2f%%, look-alikes left %.2f%%, clean lines changed %d and missing %d of %d\n",
		100*s.Recall(), 100*s.Survived(), s.CleanChanged, s.CleanLost, s.Clean)
	return b.String()
}
