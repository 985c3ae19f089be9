package redact

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// TestLines: a replacement is in the line in which the value stands, also far
// into a log and after values of several lines.
func TestLines(t *testing.T) {
	var text strings.Builder
	var want []int64
	for i := range 60_000 {
		if i%20_000 == 10 {
			want = append(want, int64(strings.Count(text.String(), "\n"))+1)
			text.WriteString("password=Xk8" + strings.Repeat("q", i%7) + "92!aZ\n")
		}
		text.WriteString("nothing is in this line\n")
	}
	for name, file := range map[string][]byte{
		"plain": []byte(text.String()), "gzip": packedAs(t, gzipped, []byte(text.String())), "utf-16": asUTF16(text.String(), binary.LittleEndian, true),
	} {
		var got []int64
		if _, err := decoded(t, file, 50_000, Decoding{Lines: true, Note: func(s Spot) { got = append(got, s.Line) }}); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%s: lines %v, want %v", name, got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: lines %v, want %v", name, got, want)
			}
		}
	}
}

// failing takes so many bytes and then nothing.
type failing struct{ left int }

var errFull = errors.New("no room")

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestNoRoom(t *testing.T) {
	rules, names := testRules(t)
	random := strings.Repeat(secretLine+"\n", 20_000)
	for name, file := range map[string][]byte{
		"text": []byte(random), "gzip": packedAs(t, gzipped, []byte(random)), "zip": zipped2(t, "a", random), "utf-16": asUTF16(random, binary.BigEndian, true),
	} {
		d := Decode(&failing{100}, rules, names, Decoding{})
		_, werr := d.Write(file)
		if err := d.Close(); !errors.Is(err, errFull) || isRefused(err) {
			t.Errorf("%s: %v, %v", name, werr, err)
		}
		if _, err := d.Write([]byte("x")); err == nil {
			t.Errorf("%s: it takes more", name)
		}
	}
}

func TestNames(t *testing.T) {
	rules, names := testRules(t)
	for name, want := range map[string]string{
		"logs/app.log":        "logs/app.log",
		"10.20.30.40.log":     names.of(Net, []byte("10.20.30")),
		"a/10.20.30.40":       "a/" + names.of(Net, []byte("10.20.30"))[1:4],
		"mail/anna.s@x.org/a": "mail/",
		`C:\Users\anna\b.txt`: `C:\Users\`,
	} {
		got := rules.Name(name, names)
		if strings.ContainsAny(got, "<>") || strings.Contains(got, "10.20.30") || strings.Contains(got, "anna") {
			t.Errorf("%s becomes %s", name, got)
		}
		if !strings.HasPrefix(got, strings.Trim(want, "<>")) {
			t.Errorf("%s becomes %s, want %s", name, got, want)
		}
		if again := rules.Name(got, names); again != got {
			t.Errorf("%s becomes %s", got, again)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range [][]byte{
		[]byte(testText), asUTF16(testText, binary.LittleEndian, true), asUTF16(testText, binary.BigEndian, false),
		packedAs(f, gzipped, []byte(testText)), packedAs(f, zstded, []byte(testText)), packedAs(f, xzed, []byte(testText)),
		zipped2(f, "a.log", testText, "b.gz", string(packedAs(f, gzipped, []byte(testText)))), bzipped2(f),
		{0xff, 0xfe, 0, 0xd8, 'a'},
	} {
		f.Add(seed, 100)
	}
	rules, _ := testRules(f)
	f.Fuzz(func(t *testing.T, file []byte, pieces int) {
		pieces = 1 + (pieces&0xffff)%5000
		names, _ := NewNames(make([]byte, KeySize))
		once := func(file []byte, pieces int) ([]byte, error) {
			var out bytes.Buffer
			d := Decode(&out, rules, names, Decoding{Limit: 1 << 22})
			for rest := file; len(rest) > 0; rest = rest[min(pieces, len(rest)):] {
				if _, err := d.Write(rest[:min(pieces, len(rest))]); err != nil {
					break
				}
			}
			return out.Bytes(), d.Close()
		}
		out, err := once(file, pieces)
		if err != nil {
			if !isRefused(err) {
				t.Fatal(err)
			}
			return
		}
		if whole, err := once(file, len(file)+1); err != nil || packingOf(file) == unpacked && !bytes.Equal(whole, out) {
			t.Fatalf("in pieces of %d %q, at once %q, %v", pieces, out, whole, err)
		}
		if packingOf(file) == unpacked && len(out) > 64*len(file)+64 {
			t.Fatalf("%d bytes became %d", len(file), len(out))
		}
	})
}
