package collect

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestInstalled(t *testing.T) {
	p := installed{}
	text, exit, err := p.run(t.Context(), script(t, `echo "$LC_ALL"; echo no >&2; exit 3`))
	if string(text) != "C.UTF-8\n" || exit != 3 || err != nil {
		t.Errorf("%q, %d, %v", text, exit, err)
	}
	if _, _, err := p.run(t.Context(), "no-such-program"); !errors.Is(err, ErrAbsent) {
		t.Error(err)
	}
	if _, _, err := p.run(t.Context(), script(t, "kill -9 $$")); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := p.run(ctx, "true"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestStream ends a program that would write for ever.
func TestStream(t *testing.T) {
	r, err := installed{}.stream(t.Context(), "yes")
	if err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 4)
	if _, err := io.ReadFull(r, b); string(b) != "y\ny\n" || err != nil {
		t.Errorf("%q, %v", b, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if r, err = (installed{}).stream(t.Context(), script(t, "echo half; exit 2")); err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(r); string(text) != "half\n" || err == nil || !strings.Contains(err.Error(), "exit status 2") {
		t.Errorf("%q, %v", text, err)
	}
	r.Close()
	if _, err := (installed{}).stream(t.Context(), "no-such-program"); !errors.Is(err, ErrAbsent) {
		t.Error(err)
	}
}
