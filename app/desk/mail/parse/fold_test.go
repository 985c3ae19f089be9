package parse

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestUnquote: what is not looked at twice changes nothing.
func TestUnquote(t *testing.T) {
	plainly := func(s string) (text, quoted string) {
		all := strings.Split(s, "\n")
		for i := range all {
			if whole, _ := rest(all[i:]); quotesAt(all, i) && whole {
				return join(all[:i]), join(all[i:])
			}
		}
		return s, ""
	}
	words := []string{">", "> a", "", " ", "x", "On Monday Anna wrote:", "am Montag, 1. Mai", "Anna schrieb:", "-- ", "me"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		lines := make([]string, 1+r.IntN(12))
		for i := range lines {
			lines[i] = words[r.IntN(len(words))]
		}
		s := join(lines)
		text, quoted := unquote(s)
		if wantText, wantQuoted := plainly(s); text != wantText || quoted != wantQuoted {
			t.Fatalf("%q: %q and %q, want %q and %q", s, text, quoted, wantText, wantQuoted)
		}
	}
}

// TestLong: texts and headers that are made to take long do not. Without a bound
// each of these takes minutes.
func TestLong(t *testing.T) {
	pairs := strings.Repeat("am 1234 schrieb:\n>\n", maxFolded/19-1) + "x"
	if text, quoted, _ := fold(pairs, false); quoted != "" || !strings.HasSuffix(text, "x") {
		t.Errorf("%d and %d bytes", len(text), len(quoted))
	}
	folded := "Subject: a" + strings.Repeat("\n b", maxHeader/3-100) + "\n"
	raw := "From: anna@example.net\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n"+folded+"\nx\n", 60) + "--b--\n"
	m, err := Read([]byte(raw))
	if err != nil || len(m.Remarks) != 0 || strings.Count(m.Text, "x") != 60 {
		t.Errorf("%d remarks, %d bytes of text: %v", len(m.Remarks), len(m.Text), err)
	}
	if m, err = Read([]byte(folded + "\nx")); err != nil || !strings.HasPrefix(m.Subject, "a b b b") {
		t.Errorf("%.20q %v", m.Subject, err)
	}
}

func TestDenied(t *testing.T) {
	for value, want := range map[string]bool{
		"mx.example.com; dmarc=fail (p=none dis=none) header.from=example.net":         true,
		"mx.example.com 1; spf=pass smtp.mailfrom=a@b.example;\n DMARC = Fail":         true,
		"mx.example.com; dmarc=fail(p=reject)":                                         true,
		"mx.example.com; dmarc=pass header.from=example.net":                           false,
		"mx.example.com; spf=fail; dkim=fail reason=\"dmarc=failure\"; dmarc=failsafe": false,
		"mx.example.com; none":            false,
		"mx.example.com; dmarc=temperror": false,
	} {
		m, err := Read([]byte("From: a@example.net\nAuthentication-Results: mine; dmarc=pass\nAuthentication-Results: " + value + "\n\nx"))
		if err != nil || m.Denied != want || (len(m.Remarks) == 1) != want {
			t.Errorf("%s: %v %v %v", value, m.Denied, m.Remarks, err)
		}
	}
}
