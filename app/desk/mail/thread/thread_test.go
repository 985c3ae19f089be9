package thread_test

import (
	"strings"
	"testing"

	"github.com/beistand/beistand/app/desk/mail/thread"
)

const desk = "Support@Example.com"

func TestTokens(t *testing.T) {
	k, other := thread.NewKey(), thread.NewKey()
	for _, side := range []thread.Side{thread.Customer, thread.Third, thread.Staff} {
		token := k.Token(7, side)
		if n, s, ok := k.Check(strings.ToUpper(token)); n != 7 || s != side || !ok {
			t.Errorf("%s: %d %s %t", token, n, s, ok)
		}
		if _, _, ok := other.Check(token); ok {
			t.Errorf("%s holds at another desk", token)
		}
		stolen := "8" + strings.TrimPrefix(token, "7")
		if _, _, ok := k.Check(stolen); ok {
			t.Errorf("%s opens another ticket", stolen)
		}
		a := thread.Address("support@example.com", token)
		if n, s, ok := k.Addressed(desk, []string{"x@example.com", a}); n != 7 || s != side || !ok {
			t.Errorf("%s: %d %s %t", a, n, s, ok)
		}
		if len(strings.Split(a, "@")[0]) > 64 {
			t.Errorf("%s is longer than an address may be (RFC 5321)", a)
		}
		if _, _, ok := k.Addressed(desk, []string{strings.Replace(a, "example.com", "example.org", 1), strings.Replace(a, "support", "sales", 1)}); ok {
			t.Error("another house's address is ours")
		}
		if n, s, ok := k.Subject("AW: " + thread.Tag(token, true) + " Printer"); n != 7 || s != side || !ok {
			t.Errorf("subject: %d %s %t", n, s, ok)
		}
		if n, s, ok := k.Subject("AW: " + thread.Tag(token, false) + " Printer"); n != 7 || s != "" || !ok {
			t.Errorf("number alone: %d %q %t", n, s, ok)
		}
	}
	for _, s := range []string{"", "7", "7.", "0.aaaaaaaaaaaaaaaa", "-7.aaaaaaaaaaaaaaaa", "7.aaaaaaaaaaaaaaaa", "99999999999999999999.aaaaaaaaaaaaaaaa"} {
		if _, _, ok := k.Check(s); ok {
			t.Errorf("%q holds", s)
		}
	}
}

func TestOwn(t *testing.T) {
	for a, want := range map[string]bool{
		"support@example.com": true, "SUPPORT+7.x@example.com": true, "support@example.org": false, "sup@example.com": false, "": false,
	} {
		if thread.Own(desk, a) != want {
			t.Errorf("%q: want %t", a, want)
		}
	}
	if a, b := thread.NewID(desk), thread.NewID(desk); a == b || !strings.HasSuffix(a, "@Example.com") {
		t.Errorf("%s %s", a, b)
	}
}

func TestTitle(t *testing.T) {
	for in, want := range map[string]string{
		"Printer": "Printer", "Re: AW: [#7] Printer": "Printer", "WG: Fwd: RE[2]: x": "x", "[#7.aaaaaaaaaaaaaaaa] a": "a",
		"Regarding x": "Regarding x", "Re:": "", "x [#7] y": "x y", "[#ABC] x": "[#ABC] x",
	} {
		if got := thread.Title(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// No text opens a ticket but by a token that was signed.
func FuzzCheck(f *testing.F) {
	k := thread.Key("key of a test")
	f.Add(k.Token(7, thread.Customer))
	f.Add("[#7] x")
	f.Fuzz(func(t *testing.T, s string) {
		n, side, ok := k.Check(s)
		if ok && !strings.EqualFold(k.Token(n, side), s) {
			t.Errorf("%q opens %d as %s", s, n, side)
		}
		if n, side, ok := k.Subject(s); ok && (n <= 0 || side != "" && !strings.Contains(strings.ToLower(s), k.Token(n, side))) {
			t.Errorf("subject %q opens %d as %s", s, n, side)
		}
		_ = thread.Title(s)
		_, _, _ = k.Addressed(desk, []string{s})
	})
}
