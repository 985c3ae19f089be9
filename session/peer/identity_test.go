package peer

import (
	"errors"
	"testing"
)

func newIdentity(t *testing.T) *Identity {
	t.Helper()
	i, err := NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// Two connections of one session show the same certificates, which both sides
// knew before.
func TestIdentity(t *testing.T) {
	ctx := testContext(t)
	us, them := newIdentity(t), newIdentity(t)
	ours, theirs := us.Fingerprint(), them.Fingerprint()
	if ours == theirs || ours == (Fingerprint{}) {
		t.Fatalf("the fingerprints are %x and %x", ours, theirs)
	}
	for range 2 {
		a, b := newConn(t, Config{Identity: us, Remote: &theirs}), newConn(t, Config{Identity: them, Remote: &ours})
		signal(ctx, t, a, b, nil)
		opened(ctx, t, a, b)
		if steady := <-a.Steady(); !steady {
			t.Error("an open connection is not steady")
		}
	}
}

// A description that names another certificate than the known one is refused,
// by either side, before anything is sent to whoever has it.
func TestOtherIdentity(t *testing.T) {
	us, them := newIdentity(t), newIdentity(t)
	ours, theirs := us.Fingerprint(), them.Fingerprint()
	stranger := newIdentity(t)
	a, b := newConn(t, Config{Identity: us, Remote: &theirs}), newConn(t, Config{Identity: stranger, Remote: &ours})
	offer, err := a.Offer()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := b.Answer(offer)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Accept(answer); !errors.Is(err, ErrFingerprint) {
		t.Errorf("the host takes a stranger's answer: %v", err)
	}
	c, d := newConn(t, Config{Identity: stranger, Remote: &theirs}), newConn(t, Config{Identity: them, Remote: &ours})
	if offer, err = c.Offer(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Answer(offer); !errors.Is(err, ErrFingerprint) {
		t.Errorf("the viewer takes a stranger's offer: %v", err)
	}
}
