package pake

import (
	"errors"
	"testing"
)

// run takes both sides through an exchange; alter may change what travels.
func run(t *testing.T, a, b Input, alter func(m *messages)) (ka, kb *Key, errA, errB error) {
	t.Helper()
	ea, err := New(a)
	if err != nil {
		t.Fatal(err)
	}
	eb, err := New(b)
	if err != nil {
		t.Fatal(err)
	}
	m := &messages{shareA: ea.Share(), dataA: a.Data, shareB: eb.Share(), dataB: b.Data}
	if alter != nil {
		alter(m)
	}
	aa, errA := ea.Agree(m.shareB, m.dataB)
	ab, errB := eb.Agree(m.shareA, m.dataA)
	if errA != nil || errB != nil {
		return nil, nil, errA, errB
	}
	m.tagA, m.tagB = aa.Tag(), ab.Tag()
	if alter != nil {
		alter(m)
	}
	ka, errA = aa.Confirm(m.tagB)
	kb, errB = ab.Confirm(m.tagA)
	return ka, kb, errA, errB
}

type messages struct {
	shareA, dataA, tagA []byte
	shareB, dataB, tagB []byte
}

func inputs() (a, b Input) {
	a = Input{Role: Initiator, Code: []byte("123456789"), Channel: []byte("channel"), Session: []byte("session"), Data: []byte("viewer")}
	b = a
	b.Role, b.Data = Responder, []byte("host")
	return a, b
}

func TestExchange(t *testing.T) {
	a, b := inputs()
	ka, kb, errA, errB := run(t, a, b, nil)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	seen := map[[32]byte]bool{}
	for _, purpose := range []string{"room", "channel"} {
		sendA, receiveA, err := ka.Directional(purpose)
		if err != nil {
			t.Fatal(err)
		}
		sendB, receiveB, err := kb.Directional(purpose)
		if err != nil {
			t.Fatal(err)
		}
		if sendA != receiveB || sendB != receiveA {
			t.Errorf("%s: the two sides' keys are not each other's mirror", purpose)
		}
		seen[sendA], seen[sendB] = true, true
	}
	if len(seen) != 4 {
		t.Errorf("%d different keys for two purposes and two directions, want 4", len(seen))
	}
}

func TestNoKeyWithout(t *testing.T) {
	flip := func(b []byte) []byte {
		c := append([]byte{}, b...)
		c[0] ^= 1
		return c
	}
	tests := map[string]struct {
		input func(a, b *Input)
		alter func(m *messages)
	}{
		"the same code":        {input: func(_, b *Input) { b.Code = []byte("123456780") }},
		"the same channel":     {input: func(_, b *Input) { b.Channel = []byte("another") }},
		"the same session":     {input: func(_, b *Input) { b.Session = []byte("another") }},
		"different roles":      {input: func(_, b *Input) { b.Role = Initiator }},
		"the initiator's data": {alter: func(m *messages) { m.dataA = []byte("admin") }},
		"the responder's data": {alter: func(m *messages) { m.dataB = nil }},
		"the initiator's tag": {alter: func(m *messages) {
			if m.tagA != nil {
				m.tagA = flip(m.tagA)
			}
		}},
		"its own tag": {alter: func(m *messages) { m.tagA, m.tagB = m.tagB, m.tagA }},
		"a whole tag": {alter: func(m *messages) {
			if m.tagA != nil {
				m.tagA, m.tagB = m.tagA[:TagSize-1], nil
			}
		}},
		"the other side": {alter: func(m *messages) { // everything mirrored
			m.shareB, m.dataB, m.tagB = m.shareA, m.dataA, m.tagA
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := inputs()
			if test.input != nil {
				test.input(&a, &b)
			}
			_, _, errA, errB := run(t, a, b, test.alter)
			if !errors.Is(errA, ErrTag) && !errors.Is(errB, ErrTag) {
				t.Errorf("errors %v and %v, want %v", errA, errB, ErrTag)
			}
		})
	}
}

// Everything back to the sender gives no key, whichever tag comes with it.
func TestMirror(t *testing.T) {
	a, _ := inputs()
	e, err := New(a)
	if err != nil {
		t.Fatal(err)
	}
	agreed, err := e.Agree(e.Share(), a.Data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := agreed.Confirm(agreed.Tag()); !errors.Is(err, ErrTag) {
		t.Errorf("Confirm(own tag) = %v, want %v", err, ErrTag)
	}
	if _, err := agreed.Confirm(agreed.Tag()); !errors.Is(err, ErrOrder) {
		t.Errorf("second Confirm = %v, want %v", err, ErrOrder)
	}
}

func FuzzAgree(f *testing.F) {
	f.Add(make([]byte, ShareSize), []byte("host"))
	f.Add([]byte{}, []byte{})
	f.Fuzz(func(t *testing.T, share, data []byte) {
		a, _ := inputs()
		e, err := New(a)
		if err != nil {
			t.Fatal(err)
		}
		agreed, err := e.Agree(share, data)
		if err == nil && len(share) != ShareSize {
			t.Fatalf("a share of %d bytes was taken", len(share))
		}
		if err == nil {
			if _, err := agreed.Confirm(agreed.Tag()); !errors.Is(err, ErrTag) {
				t.Fatal("own tag was taken for the other side's")
			}
		}
	})
}
