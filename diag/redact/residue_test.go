package redact

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// suspicions are what a text is suspected of, as "line suspicion".
func suspicions(t testing.TB, r *Residue, text string) (all []string) {
	t.Helper()
	tell := func(line int64, what Suspicion) { all = append(all, fmt.Sprint(line, " ", what)) }
	if err := r.Scan(strings.NewReader(text), tell); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func testResidue(t testing.TB) *Residue {
	_, names := testRules(t)
	names.of(User, []byte("anovak77"))
	names.of(User, []byte("paul"))
	names.of(Net, []byte("10.20.30"))
	names.of(Email, []byte("a.novak@example.com"))
	return NewResidue(names, Known{Hosts: []string{"WKS4711"}, Names: []string{"Nordwind Logistik"}})
}

func TestResidue(t *testing.T) {
	r := testResidue(t)
	for text, want := range map[string]Suspicion{
		"session of ANOVAK77 closed":     LeftValue,
		"(10.20.30.7) answers":           LeftValue,
		"wks4711.local":                  LeftValue,
		"für Nordwind Logistik":          LeftValue,
		"Password : Xa82jq9":             LeftWord,
		`{"token":"99ab31cd"}`:           LeftWord,
		"Passwort=geheim12":              LeftWord,
		"id aB3dE6gH9jK2mN5pQ8sT1vW4 ok": LeftRandom,
		"to b.meier@example.org":         LeftMail,
		"-----BEGIN PRIVATE KEY-----\n" + strings.Repeat("M", 64): LeftKey,
	} {
		if got := suspicions(t, r, "nothing\n"+text+"\nnothing"); len(got) != 1 || got[0] != "2 "+string(want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{
		"", "paul is a word too", "<user-27> from <net-41>.17, password=<password>", "xanovak77x", "version 110.20.30",
		"password authentication failed for role", "token bucket refilled", "password: required", "secret=",
		"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "2f1e4a0c-3b7d-4c7e-9d52-0a6b1c2d3e4f",
		"/usr/lib/x86_64-linux-gnu/libQt5WebEngineCore.so.5", "org.freedesktop.NetworkManager.Settings.Connection", "user@host",
		"-----BEGIN PRIVATE KEY-----\n<private-key>\n-----END PRIVATE KEY-----", "Microsoft.WindowsAppRuntime.1.4_8wekyb3d8bbwe",
	} {
		if got := suspicions(t, r, text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestResidueAnywhere puts a value at every place around a block's edge, in
// lines of any length.
func TestResidueAnywhere(t *testing.T) {
	r := testResidue(t)
	for _, fill := range []string{". ", ".\n"} {
		for shift := range 30 {
			before := strings.Repeat(fill, (residueBlock-20)/2) + strings.Repeat(".", shift)
			want := fmt.Sprint(1+strings.Count(before, "\n"), " ", LeftValue)
			got := suspicions(t, r, before+"/anovak77/"+strings.Repeat(".", 3*residueBlock))
			if len(got) != 1 || got[0] != want {
				t.Fatalf("%q, want %q", got, want)
			}
		}
	}
	if err := r.Scan(iotest.TimeoutReader(strings.NewReader("abc")), func(int64, Suspicion) {}); err == nil {
		t.Error("a text that cannot be read was looked at")
	}
}

func FuzzResidue(f *testing.F) {
	f.Add([]byte("user anovak77, password=x1y2z3a4\n"), uint16(3))
	f.Add(bytes.Repeat([]byte("a@b.cd PRIVATE KEY"), 9), uint16(0))
	r := testResidue(f)
	f.Fuzz(func(t *testing.T, text []byte, shift uint16) {
		whole := append(append(bytes.Repeat([]byte{' '}, int(shift)), text...), "\n anovak77"...)
		got := suspicions(t, r, string(whole))
		if !slices.Contains(got, fmt.Sprint(1+bytes.Count(whole, []byte("\n")), " ", LeftValue)) {
			t.Fatalf("%q", got)
		}
	})
}

func BenchmarkResidue(b *testing.B) {
	r := testResidue(b)
	text := strings.Repeat("2026-03-01T08:00:01.123Z INFO  http: GET /api/v2/orders/77812 200 31ms 1234B ua=Mozilla/5.0 <user-27>\n", 10_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		_ = r.Scan(strings.NewReader(text), func(int64, Suspicion) {})
	}
}
