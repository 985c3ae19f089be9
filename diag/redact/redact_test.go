package redact

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/beistand/beistand/diag/redact/plant"
)

// plantedLog is a log with planted secrets.
func plantedLog(t testing.TB, seed uint64, size int64) []byte {
	var log bytes.Buffer
	if _, err := plant.Write(&log, seed, size); err != nil {
		t.Fatal(err)
	}
	return log.Bytes()
}

// inPieces redacts a text through a small window, given piece by piece.
func inPieces(t testing.TB, rules *Rules, names *Names, text []byte, window int, r *rand.Rand) []byte {
	var out bytes.Buffer
	w := rules.newWriter(&out, names, nil, window)
	for len(text) > 0 {
		n := min(len(text), 1+r.IntN(3*window/2))
		if _, err := w.Write(text[:n]); err != nil {
			t.Fatal(err)
		}
		text = text[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSameThroughAnyWindow(t *testing.T) {
	rules, names := plantRules(t)
	log := plantedLog(t, 2, 3<<20)
	want := rules.Bytes(log, names, nil)
	r := rand.New(rand.NewPCG(1, 2))
	for _, window := range []int{window, 2*reach + 1, 3 * reach} {
		if got := inPieces(t, rules, names, log, window, r); !bytes.Equal(got, want) {
			t.Fatalf("window %d: %s", window, firstDifference(got, want))
		}
	}
}

func TestTwiceIsTheSame(t *testing.T) {
	rules, names := plantRules(t)
	once := rules.Bytes(plantedLog(t, 3, 6<<20), names, nil)
	twice := rules.Bytes(once, names, nil)
	if !bytes.Equal(once, twice) {
		a, b := bytes.Split(once, []byte("\n")), bytes.Split(twice, []byte("\n"))
		shown := 0
		for i := range min(len(a), len(b)) {
			if !bytes.Equal(a[i], b[i]) {
				if shown++; shown < 60 {
					t.Errorf("line %d\n once %s\ntwice %s", i, a[i], b[i])
				}
			}
		}
		t.Fatalf("%d lines differ", shown)
	}
}

func firstDifference(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-60)
	return fmt.Sprintf("at %d of %d and %d:\n%q\n%q", i, len(a), len(b), a[from:min(len(a), i+80)], b[from:min(len(b), i+80)])
}

// TestLongValues has values that are longer than any window.
func TestLongValues(t *testing.T) {
	rules, names := plantRules(t)
	long := strings.Repeat("xY3", 400<<10)
	for _, test := range []struct{ text, want string }{
		{`{"password":"` + long + `","x":1}`, `{"password":"<password>","x":1}`},
		{"password=" + long + " next", "password=<password> next"},
		{"> Authorization: Bearer " + long + "\nnext", "> Authorization: Bearer <token>\nnext"},
		{"Cookie: a=" + long + "; b=1\nnext", "Cookie: a=<cookie>; b=1\nnext"},
		{"-----BEGIN PRIVATE KEY-----\n" + long + "\n-----END PRIVATE KEY-----\nnext", "-----BEGIN PRIVATE KEY-----\n<private-key>\n-----END PRIVATE KEY-----\nnext"},
		{"x " + long + "\nuser=root password=hunter2x", "x <token>\nuser=root password=<password>"},
		{strings.Repeat("x", 11<<20) + " pwd=hunter2;", strings.Repeat("x", 11<<20) + " pwd=<password>;"},
	} {
		got := string(rules.Bytes([]byte(test.text), names, nil))
		if strings.Contains(test.text, "Cookie") {
			got = strings.Replace(got, "b=<cookie>", "b=1", 1)
		}
		if got != test.want {
			t.Error(firstDifference([]byte(got), []byte(test.want)))
		}
	}
}

// TestOneLongLine checks that memory does not grow with the input; app's
// benchmark gives it a line of 1 GB.
func TestOneLongLine(t *testing.T) {
	rules, names := plantRules(t)
	const size = 64 << 20
	piece := bytes.Repeat([]byte("x=12 and some text without an end "), 1<<10)
	w := rules.NewWriter(io.Discard, names, nil)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for n := 0; n < size; n += len(piece) {
		if _, err := w.Write(piece); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if grown := int64(after.Sys) - int64(before.Sys); grown > 16<<20 {
		t.Errorf("memory grew by %d bytes", grown)
	}
}

func TestReplacementsSayWhere(t *testing.T) {
	rules, names := plantRules(t)
	text := []byte("a\nuser=anmeyer12 password=hunter2x\nfrom 10.1.2.3")
	var all []Replacement
	out := rules.Bytes(text, names, func(r Replacement) { all = append(all, r) })
	if len(all) != 3 {
		t.Fatalf("%d replacements: %+v", len(all), all)
	}
	for i, want := range []string{"anmeyer12", "hunter2x", "10.1.2"} {
		r := all[i]
		if got := string(text[r.From : r.From+int64(r.Size)]); got != want {
			t.Errorf("replacement %d stands for %q, not %q", i, got, want)
		}
		if got := string(out[r.At : r.At+int64(len(r.Text))]); got != r.Text {
			t.Errorf("replacement %d is %q, not %q", i, got, r.Text)
		}
	}
}

func TestKnownNames(t *testing.T) {
	rules, err := Compile(Known{Hosts: []string{"wks17"}, Domains: []string{"firma.de"}, Users: []string{"cloudsdk", "max"}, Names: []string{"Müller & Söhne"}, Serials: []string{"5CG1234ABC"}, Hide: []string{"Nordwind"}})
	if err != nil {
		t.Fatal(err)
	}
	names, _ := NewNames(bytes.Repeat([]byte{3}, KeySize))
	user, host, domain, name := names.of(User, []byte("cloudsdk")), names.of(Host, []byte("wks17")), names.of(Domain, []byte("firma.de")), names.of(Name, []byte("Müller & Söhne"))
	for text, want := range map[string]string{
		"CLOUDSDK_CORE_X=1":              user + "_CORE_X=1",
		"db_cloudsdk and cloudsdks":      "db_" + user + " and cloudsdks",
		"max=3 at WKS17, wks17.firma.de": "max=3 at " + host + ", " + host + "." + domain,
		"mail.firma.de.example":          "mail.firma.de.example",
		"for Müller & Söhne GmbH":        "for " + name + " GmbH",
		"bios 5cg1234abc":                "bios " + names.of(Serial, []byte("5CG1234ABC")),
		"nordwind":                       "<hidden>",
	} {
		if got := string(rules.Bytes([]byte(text), names, nil)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestBlocksHideNothing: what only looks like a certificate is looked at.
func TestBlocksHideNothing(t *testing.T) {
	rules, names := plantRules(t)
	text := "-----BEGIN CERTIFICATE-----\nMIIB\npassword=hunter2x!\n-----END CERTIFICATE-----"
	if got := string(rules.Bytes([]byte(text), names, nil)); strings.Contains(got, "hunter2x") {
		t.Errorf("left: %s", got)
	}
}
