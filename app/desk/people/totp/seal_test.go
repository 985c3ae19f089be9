package totp

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// TestSeal holds that a secret opens for its owner under its key, and else not.
func TestSeal(t *testing.T) {
	one, err := NewSealer(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewSealer(bytes.Repeat([]byte{2}, 32))
	if err != nil {
		t.Fatal(err)
	}
	secret := NewSecret()
	box := one.Seal("sam", secret)
	if strings.Contains(box, secret) || !IsSealed(box) || IsSealed(secret) || box == one.Seal("sam", secret) {
		t.Errorf("%q of %q", box, secret)
	}
	if got, err := one.Open("sam", box); err != nil || got != secret {
		t.Errorf("%q, %v", got, err)
	}
	for name, open := range map[string]func() (string, error){
		"of somebody else": func() (string, error) { return one.Open("eve", box) },
		"another key":      func() (string, error) { return other.Open("sam", box) },
		"cut short":        func() (string, error) { return one.Open("sam", box[:len(box)-4]) },
		"changed":          func() (string, error) { return one.Open("sam", sealed+"AAAA"+box[len(sealed)+4:]) },
		"no base64":        func() (string, error) { return one.Open("sam", sealed+"?") },
		"empty":            func() (string, error) { return one.Open("sam", sealed) },
	} {
		if got, err := open(); !errors.Is(err, ErrSealed) || got != "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if got, err := one.Open("sam", secret); err != nil || got != secret {
		t.Errorf("from before: %q, %v", got, err)
	}
	if one.Seal("sam", "") != "" {
		t.Error("nothing became something")
	}
	if _, err := NewSealer([]byte("short")); err == nil {
		t.Error("a short key is taken")
	}
}
