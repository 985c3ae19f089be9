package plant

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

// size is enough for a round over all variants.
const size = 6 << 20

func write(t *testing.T, seed uint64, size int64) ([]byte, []Plant) {
	t.Helper()
	var b bytes.Buffer
	plants, err := Write(&b, seed, size)
	if err != nil {
		t.Fatal(err)
	}
	if int64(b.Len()) < size {
		t.Fatalf("log has %d bytes, want %d", b.Len(), size)
	}
	return b.Bytes(), plants
}

func TestSameSeedSameBytes(t *testing.T) {
	a, plantsA := write(t, 7, 1<<20)
	b, plantsB := write(t, 7, 1<<20)
	if !bytes.Equal(a, b) || len(plantsA) != len(plantsB) {
		t.Error("the same seed gave another log")
	}
	if c, _ := write(t, 8, 1<<20); bytes.Equal(a, c) {
		t.Error("another seed gave the same log")
	}
}

// TestOnItsLine looks for each value where its plant says, without Check.
func TestOnItsLine(t *testing.T) {
	log, plants := write(t, 1, size)
	lines := strings.Split(string(log), "\n")
	seen := map[string]int{}
	for _, p := range plants {
		seen[p.Kind+"/"+p.Variant]++
		found := false
		for i := p.Line - 1; i < len(lines) && !found; i++ {
			if i > p.Line-1 && marker.MatchString(lines[i]) {
				break
			}
			found = strings.Contains(lines[i], p.Value)
		}
		if !found {
			t.Errorf("%s/%s: %q is not in the record at line %d: %q", p.Kind, p.Variant, p.Value, p.Line, lines[p.Line-1])
		}
	}
	for _, v := range Variants() {
		if seen[v.Kind+"/"+v.Name] == 0 {
			t.Errorf("%s/%s is not in the log", v.Kind, v.Name)
		}
	}
	share := float64(len(distinctLines(plants))) / float64(bytes.Count(log, []byte{'\n'}))
	if share < 0.03 || share > 0.05 {
		t.Errorf("%.3f of the lines are planted, want about 1 in 25", share)
	}
}

func distinctLines(plants []Plant) map[int]bool {
	m := map[int]bool{}
	for _, p := range plants {
		m[p.Line] = true
	}
	return m
}

func TestVariants(t *testing.T) {
	names, kinds, keep := map[string]bool{}, map[string]int{}, 0
	r := rand.New(rand.NewPCG(1, 2))
	for _, v := range Variants() {
		key := v.Kind + "/" + v.Name
		if names[key] {
			t.Errorf("%s is there twice", key)
		}
		names[key] = true
		kinds[v.Kind]++
		if v.Keep {
			keep++
		}
		for range 20 {
			lines, values := v.Make(r)
			if len(values) == 0 {
				t.Fatalf("%s has no value", key)
			}
			for _, value := range values {
				if len(value) < 3 && !v.Keep || value == "" || strings.Contains(value, "\n") {
					t.Errorf("%s: value %q", key, value)
				}
			}
			for _, line := range lines {
				if strings.ContainsAny(strings.Replace(line, mark, "", 1), "«»‹›¤") {
					t.Errorf("%s: a hole is left in %q", key, line)
				}
			}
		}
	}
	for kind, n := range kinds {
		if n < 8 {
			t.Errorf("%s has %d variants, want at least 8", kind, n)
		}
	}
	if secret := len(names) - keep; secret < 220 || keep < 60 {
		t.Errorf("%d variants of secrets and %d of look-alikes", secret, keep)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteError(t *testing.T) {
	if _, err := Write(full{}, 1, 1<<20); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("got %v", err)
	}
}
