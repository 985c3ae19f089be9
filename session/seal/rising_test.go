package seal

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
)

// numbered is a message as it travels.
type numbered struct {
	number uint64
	sealed []byte
}

func several(t testing.TB, s *Sealer, n int) (all []numbered) {
	t.Helper()
	for i := range n {
		number := s.Next()
		all = append(all, numbered{number, mustSeal(t, s, fmt.Append(nil, "message ", i))})
	}
	return all
}

func TestRising(t *testing.T) {
	for name, test := range map[string]struct {
		arriving func(m []numbered) []numbered
		opens    []bool
	}{
		"in order":  {func(m []numbered) []numbered { return m }, []bool{true, true, true, true}},
		"with gaps": {func(m []numbered) []numbered { return []numbered{m[0], m[3]} }, []bool{true, true}},
		"replayed":  {func(m []numbered) []numbered { return []numbered{m[0], m[0], m[1]} }, []bool{true, false, true}},
		"reordered": {func(m []numbered) []numbered { return []numbered{m[1], m[0], m[2]} }, []bool{true, false, true}},
		"numbered higher": {
			func(m []numbered) []numbered { return []numbered{{5, m[0].sealed}, m[0]} }, []bool{false, true},
		},
		"numbered lower": {func(m []numbered) []numbered { return []numbered{{0, m[1].sealed}, m[1]} }, []bool{false, true}},
		"past the end": {
			func(m []numbered) []numbered { return []numbered{{1<<64 - 1, m[0].sealed}, m[0]} }, []bool{false, true},
		},
		"altered": {
			func(m []numbered) []numbered {
				bad := bytes.Clone(m[0].sealed)
				bad[0] ^= 1
				return []numbered{{0, bad}, m[0]}
			}, []bool{false, true},
		},
		"empty": {func(m []numbered) []numbered { return []numbered{{0, nil}, m[0]} }, []bool{false, true}},
	} {
		t.Run(name, func(t *testing.T) {
			key := [KeySize]byte{1}
			s, o := NewSealer(key), NewRising(key)
			for i, m := range test.arriving(several(t, s, 4)) {
				got, err := o.Open(nil, m.number, m.sealed)
				if (err == nil) != test.opens[i] || err != nil && !errors.Is(err, ErrOpen) {
					t.Errorf("message %d, number %d: %v", i, m.number, err)
				}
				if err == nil && (string(got) != fmt.Sprint("message ", m.number) || o.Next() != m.number+1) {
					t.Errorf("number %d is %q, the next %d", m.number, got, o.Next())
				}
			}
		})
	}
	t.Run("reflected", func(t *testing.T) {
		m := several(t, NewSealer([KeySize]byte{1}), 1)[0]
		if _, err := NewRising([KeySize]byte{2}).Open(nil, m.number, m.sealed); !errors.Is(err, ErrOpen) {
			t.Errorf("got %v, want %v", err, ErrOpen)
		}
	})
}

func FuzzRising(f *testing.F) {
	f.Add(uint64(0), []byte("message"), make([]byte, Overhead))
	f.Add(uint64(1<<63), []byte{}, []byte{})
	f.Fuzz(func(t *testing.T, number uint64, message, foreign []byte) {
		key := [KeySize]byte{4} // a key that no seed was sealed with
		s, o := NewSealer(key), NewRising(key)
		if _, err := o.Open(nil, number, foreign); !errors.Is(err, ErrOpen) {
			t.Fatalf("a foreign message opened: %v", err)
		}
		sealed := mustSeal(t, s, message)
		got, err := o.Open(nil, number, sealed)
		if (err == nil) != (number == 0) || err == nil && !bytes.Equal(got, message) {
			t.Fatalf("number %d: %v", number, err)
		}
	})
}
