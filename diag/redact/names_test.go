package redact

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
)

func TestPseudonyms(t *testing.T) {
	rules, err := Compile(Known{Hosts: []string{"wks17"}, Domains: []string{"firma.lan"}})
	if err != nil {
		t.Fatal(err)
	}
	mine, _ := NewNames(bytes.Repeat([]byte{1}, KeySize))
	other, _ := NewNames(bytes.Repeat([]byte{2}, KeySize))
	text := []byte("user=anmeyer12 at WKS17.firma.lan, wks17 and 10.1.2.3, 10.1.2.77, mac 3C-07-54-AA-BB-CC 3c:07:54:aa:bb:cc")
	first := rules.Bytes(text, mine, nil)
	if again := rules.Bytes(text, mine, nil); !bytes.Equal(first, again) {
		t.Errorf("the same text became %s and %s", first, again)
	}
	if elsewhere := rules.Bytes(text, other, nil); bytes.Equal(first, elsewhere) {
		t.Errorf("another ticket has the same pseudonyms: %s", elsewhere)
	}
	want := fmt.Sprintf("user=%[1]s at %[2]s.%[3]s, %[2]s and %[4]s.3, %[4]s.77, mac %[5]s %[5]s",
		mine.of(User, []byte("anmeyer12")), mine.of(Host, []byte("wks17")), mine.of(Domain, []byte("firma.lan")), mine.of(Net, []byte("10.1.2")), mine.of(MAC, []byte("3c0754aabbcc")))
	if string(first) != want {
		t.Errorf("\n got %s\nwant %s", first, want)
	}
	kind, value, err := mine.Reveal(mine.of(User, []byte("anmeyer12")))
	if err != nil || kind != User || value != "anmeyer12" {
		t.Errorf("revealed %s %q, %v", kind, value, err)
	}
	for _, wrong := range []string{"<user-0>", "<password>", "user", "", "<ip-99999999999999999999>"} {
		if _, _, err := mine.Reveal(wrong); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if _, err := NewNames([]byte("short")); err == nil {
		t.Error("a short key was taken")
	}
}

// TestNamesAreBounded: a log of a million addresses does not fill the memory.
func TestNamesAreBounded(t *testing.T) {
	names, _ := NewNames(make([]byte, KeySize))
	for i := range maxNames + 1000 {
		names.of(IP, fmt.Appendf(nil, "2001:db8::%x", i))
	}
	if got := names.of(IP, []byte("2001:db8::beyond")); got != "<ip>" {
		t.Errorf("beyond the limit stands %s", got)
	}
	if names.count > maxNames {
		t.Errorf("%d names are kept", names.count)
	}
	seen := map[int]bool{}
	for _, n := range names.values[IP] {
		if seen[n] {
			t.Fatalf("two values have the number %d", n)
		}
		seen[n] = true
	}
}

func TestVendorRules(t *testing.T) {
	good := Rule{Name: "customer-number", Kind: ID, Why: "It tells who the customer is.", Pattern: `KDN-\d{6}`, Goes: []string{"of ‹KDN-123456› at"}, Stays: []string{"KDN-12", "xKDN-123456"}}
	rules, err := Compile(Known{}, good)
	if err != nil {
		t.Fatal(err)
	}
	names, _ := NewNames(make([]byte, KeySize))
	if got := string(rules.Bytes([]byte("(KDN-424242)"), names, nil)); got != "("+names.of(ID, []byte("KDN-424242"))+")" {
		t.Error(got)
	}
	for reason, change := range map[string]func(r *Rule){
		"would be slow: it must begin with at least three fixed":   func(r *Rule) { r.Pattern = `.*-\d{6}` },
		"would be slow: it must begin with at least three fixed l": func(r *Rule) { r.Pattern = `(?i)kdn-\d{6}` },
		"its pattern is none":              func(r *Rule) { r.Pattern = `KDN-(` },
		"should have stayed and became":    func(r *Rule) { r.Stays = []string{"KDN-123456"} },
		"which still has":                  func(r *Rule) { r.Goes = []string{"‹KUNDE-12›"} },
		"has no example of what must go":   func(r *Rule) { r.Goes = nil },
		"there is no kind \"colour\"":      func(r *Rule) { r.Kind = "colour" },
		"needs either keys or a pattern":   func(r *Rule) { r.Keys = []string{"kundennummer"} },
		"another rule has this name":       func(r *Rule) { r.Name = "password" },
		"its name is not of small letters": func(r *Rule) { r.Name = "Kunden Nummer" },
		"its pattern is longer than":       func(r *Rule) { r.Pattern = "KDN" + string(bytes.Repeat([]byte("a"), 2000)) },
	} {
		bad := good
		change(&bad)
		var refused *RuleError
		if _, err := Compile(Known{}, bad); !errors.As(err, &refused) || !bytes.Contains([]byte(refused.Reason), []byte(reason)) {
			t.Errorf("want %q, got %v", reason, err)
		}
	}
	keyed := Rule{Name: "kundennummer", Kind: ID, Form: Number, Why: "It tells who the customer is.", Keys: []string{"kunden nummer", "kd nr"}, Goes: []string{"Kundennummer: ‹471100›", "Kd-Nr ‹471100›"}}
	if _, err := Compile(Known{}, keyed); err != nil {
		t.Error(err)
	}
}
