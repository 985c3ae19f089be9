package plant

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// replace is a redactor that knows all answers: change is called with every
// record and what is planted in it.
func replace(log []byte, plants []Plant, change func(record string, p Plant) string) []byte {
	at := map[int][]Plant{}
	for _, p := range plants {
		at[p.Line] = append(at[p.Line], p)
	}
	for _, ps := range at { // the longest first, as one may be in another
		slices.SortFunc(ps, func(a, b Plant) int { return len(b.Value) - len(a.Value) })
	}
	var out bytes.Buffer
	var record string
	var now []Plant
	flush := func() {
		for _, p := range now {
			record = change(record, p)
		}
		out.WriteString(record)
		record, now = "", nil
	}
	n := 0
	for line := range strings.Lines(string(log)) {
		n++
		if marker.MatchString(line) {
			flush()
			now = at[n]
		}
		record += line
	}
	flush()
	return out.Bytes()
}

func check(t *testing.T, log []byte, plants []Plant) Score {
	t.Helper()
	s, err := Check(bytes.NewReader(log), plants)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCheckOfNothingDone(t *testing.T) {
	log, plants := write(t, 2, size)
	s := check(t, log, plants)
	if s.Recall() != 0 || s.Survived() != 1 {
		t.Errorf("gone %v, survived %v, want 0 and 1\n%s", s.Recall(), s.Survived(), s)
	}
	if s.CleanChanged != 0 || s.CleanLost != 0 || s.Clean == 0 {
		t.Errorf("clean %d, changed %d, lost %d", s.Clean, s.CleanChanged, s.CleanLost)
	}
	sum := 0
	for _, n := range s.Kinds() {
		sum += n.Planted
	}
	if sum != len(plants) {
		t.Errorf("counted %d of %d", sum, len(plants))
	}
}

func TestCheckOfAllDone(t *testing.T) {
	log, plants := write(t, 3, size)
	done := replace(log, plants, func(record string, p Plant) string {
		if p.Keep {
			return record
		}
		m := marker.FindStringIndex(record)
		return strings.ReplaceAll(record[:m[0]], p.Value, "<x>") + record[m[0]:m[1]] + strings.ReplaceAll(record[m[1]:], p.Value, "<x>")
	})
	s := check(t, done, plants)
	if s.Recall() != 1 || s.Survived() != 1 || s.CleanChanged+s.CleanLost > 0 {
		t.Errorf("not full\n%s", s)
	}
}

func TestCheckOfLookAlikesTouched(t *testing.T) {
	log, plants := write(t, 3, 1<<20)
	done := replace(log, plants, func(record string, p Plant) string {
		if !p.Keep {
			return record
		}
		return strings.ReplaceAll(record, p.Value, strings.Repeat("#", len(p.Value)))
	})
	if s := check(t, done, plants); s.Survived() != 0 || s.Recall() != 0 {
		t.Errorf("survived %v, gone %v, want 0 and 0", s.Survived(), s.Recall())
	}
}

func TestCheckOfHalves(t *testing.T) {
	p := Plant{Kind: "password", Variant: "v", Value: "abcdefghijklmnop", Line: 1}
	mail := Plant{Kind: "email", Variant: "v", Value: "abcdefghijklmnop", Line: 1}
	for _, c := range []struct {
		name, log string
		p         Plant
		gone      float64
	}{
		{"whole", "[p0000001] x abcdefghijklmnop", p, 0},
		{"first half", "[p0000001] x abcdefgh<p>", p, 0},
		{"second half", "[p0000001] x <p>ijklmnop", p, 0},
		{"less than half", "[p0000001] x abcdefg<p>jklmnop", p, 1},
		{"half of what is no secret", "[p0000001] x abcdefgh<p>", mail, 1},
		{"in the block", "[p0000001] x\nabcdefghijklmnop", p, 0},
		{"in another record", "[p0000001] x\n[c0000001 aaaaaaaa] abcdefghijklmnop", p, 1},
		{"in the prefix", "abcdefghijklmnop [p0000001] x", p, 1},
		{"in the record's own prefix", "abcdefghijklmnop [q0000001] x", p, 0},
		{"marker lost", "nothing", p, 0},
	} {
		s := check(t, []byte(c.log+"\n"), []Plant{c.p})
		if s.Recall() != c.gone {
			t.Errorf("%s: gone %v, want %v", c.name, s.Recall(), c.gone)
		}
	}
}

func TestCheckOfCleanLines(t *testing.T) {
	log, plants := write(t, 4, 1<<20)
	lines := strings.Split(string(log), "\n")
	clean := 0
	for i, line := range lines {
		m := marker.FindStringSubmatchIndex(line)
		if m == nil || m[4] < 0 {
			continue
		}
		switch clean++; clean {
		case 10:
			lines[i] = line + "."
		case 20:
			lines[i] = "?" + line
		case 30:
			lines[i] = ""
		}
	}
	s := check(t, []byte(strings.Join(lines, "\n")), plants)
	if s.CleanChanged != 2 || s.CleanLost != 1 || s.Clean != clean-1 {
		t.Errorf("changed %d, lost %d, seen %d of %d; want 2, 1, one less", s.CleanChanged, s.CleanLost, s.Clean, clean)
	}
}

func TestCheckOfLongLine(t *testing.T) {
	if _, err := Check(strings.NewReader(strings.Repeat("x", maxLine+1)), nil); err == nil {
		t.Error("a line beyond the limit was read")
	}
}

// FuzzCheck: whatever a redactor wrote, every value is counted once.
func FuzzCheck(f *testing.F) {
	f.Add([]byte("[p0000001] secret\n[c0000001 abcdefgh] x\n"))
	f.Add([]byte("x [q0000001] y\n[p0000001] again\n[p9999999]"))
	f.Add([]byte("[c0000009 aaaaaaaa] \xff\x00\n[c0000001 aaaaaaaa]"))
	plants := []Plant{
		{Kind: "token", Variant: "a", Value: "secretsecret", Line: 1},
		{Kind: "keep-word", Variant: "b", Value: "kept", Keep: true, Line: 1},
		{Kind: "email", Variant: "c", Value: "x", Line: 9999999},
	}
	f.Fuzz(func(t *testing.T, log []byte) {
		s, err := Check(bytes.NewReader(log), plants)
		if err != nil {
			return
		}
		sum := Count{}
		for _, n := range s.Kinds() {
			sum = sum.add(n)
		}
		if sum.Planted != len(plants) || sum.Right+sum.Wrong+sum.Lost != len(plants) || s.CleanChanged > s.Clean {
			t.Errorf("%+v", s)
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	b.SetBytes(1 << 20)
	for b.Loop() {
		if _, err := Write(&bytes.Buffer{}, 1, 1<<20); err != nil {
			b.Fatal(err)
		}
	}
}
