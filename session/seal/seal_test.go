package seal

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
)

func pair(first byte) (*Sealer, *Opener) {
	key := [KeySize]byte{first}
	return NewSealer(key), NewOpener(key)
}

func mustSeal(t testing.TB, s *Sealer, message []byte) []byte {
	t.Helper()
	sealed, err := s.Seal(nil, message)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestInOrder(t *testing.T) {
	s, o := pair(1)
	for i := range 1000 {
		want := bytes.Repeat([]byte{byte(i)}, i)
		sealed := mustSeal(t, s, want)
		if len(sealed) != len(want)+Overhead {
			t.Fatalf("sealed %d bytes to %d, want %d more", len(want), len(sealed), Overhead)
		}
		got, err := o.Open(nil, sealed)
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("message %d: %v", i, err)
		}
	}
}

// The same words never look the same, so that nobody sees them repeat.
func TestEqualMessagesDiffer(t *testing.T) {
	s, _ := pair(1)
	if bytes.Equal(mustSeal(t, s, []byte("x")), mustSeal(t, s, []byte("x"))) {
		t.Error("two equal messages were sealed to the same bytes")
	}
}

func TestAppends(t *testing.T) {
	s, o := pair(1)
	sealed, err := s.Seal([]byte("head"), []byte("body"))
	if err != nil || !bytes.HasPrefix(sealed, []byte("head")) {
		t.Fatal(err)
	}
	got, err := o.Open([]byte("kept "), sealed[4:])
	if err != nil || string(got) != "kept body" {
		t.Errorf("Open = %q, %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	_, stranger := pair(2)
	tests := map[string]func(m [][]byte) ([][]byte, int){ // what arrives, and how many of it open
		"replayed":  func(m [][]byte) ([][]byte, int) { return [][]byte{m[0], m[0]}, 1 },
		"left out":  func(m [][]byte) ([][]byte, int) { return [][]byte{m[0], m[2]}, 1 },
		"reordered": func(m [][]byte) ([][]byte, int) { return [][]byte{m[1], m[0]}, 0 },
		"cut":       func(m [][]byte) ([][]byte, int) { return [][]byte{m[0][:len(m[0])-1]}, 0 },
		"longer":    func(m [][]byte) ([][]byte, int) { return [][]byte{append(bytes.Clone(m[0]), 0)}, 0 },
		"empty":     func([][]byte) ([][]byte, int) { return [][]byte{nil}, 0 },
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, o := pair(1)
			var sealed [][]byte
			for i := range 3 {
				sealed = append(sealed, mustSeal(t, s, fmt.Append(nil, "message ", i)))
			}
			arriving, good := test(sealed)
			var err error
			for i, m := range arriving {
				_, err = o.Open(nil, m)
				if (err == nil) != (i < good) {
					t.Errorf("message %d: %v", i, err)
				}
			}
			if !errors.Is(err, ErrOpen) {
				t.Errorf("got %v, want %v", err, ErrOpen)
			}
			for _, m := range sealed { // the error stays, whatever comes
				if _, again := o.Open(nil, m); again != err {
					t.Errorf("then got %v, want %v", again, err)
				}
			}
		})
	}
	t.Run("reflected", func(t *testing.T) {
		s, _ := pair(1)
		if _, err := stranger.Open(nil, mustSeal(t, s, []byte("x"))); !errors.Is(err, ErrOpen) {
			t.Errorf("got %v, want %v", err, ErrOpen)
		}
	})
}

func TestExhausted(t *testing.T) {
	s, o := pair(1)
	s.limit, o.limit = 1, 1
	sealed := mustSeal(t, s, nil)
	if _, err := o.Open(nil, sealed); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Seal(nil, nil); !errors.Is(err, ErrExhausted) {
		t.Errorf("Seal = %v, want %v", err, ErrExhausted)
	}
	if _, err := o.Open(nil, sealed); !errors.Is(err, ErrExhausted) {
		t.Errorf("Open = %v, want %v", err, ErrExhausted)
	}
}

func FuzzOpen(f *testing.F) {
	s, _ := pair(1)
	f.Add([]byte("message"), mustSeal(f, s, []byte("message")))
	f.Add([]byte{}, []byte{})
	f.Add([]byte("a"), make([]byte, Overhead))
	f.Fuzz(func(t *testing.T, message, foreign []byte) {
		s, o := pair(3) // a key that no seed was sealed with
		sealed := mustSeal(t, s, message)
		got, err := o.Open(nil, sealed)
		if err != nil || !bytes.Equal(got, message) {
			t.Fatalf("round trip: %v", err)
		}
		if _, err := o.Open(nil, foreign); !errors.Is(err, ErrOpen) {
			t.Fatalf("a foreign message opened: %v", err)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	s, _ := pair(1)
	message, dst := make([]byte, 16<<10), make([]byte, 0, 17<<10)
	b.SetBytes(int64(len(message)))
	for b.Loop() {
		if _, err := s.Seal(dst, message); err != nil {
			b.Fatal(err)
		}
	}
}
