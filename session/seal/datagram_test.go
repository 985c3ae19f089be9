package seal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
)

func datagrams(t testing.TB, n int) (all [][]byte, o *DatagramOpener) {
	t.Helper()
	key := [KeySize]byte{1}
	s := NewDatagramSealer(key)
	for i := range n {
		sealed, err := s.Seal(nil, fmt.Append(nil, "message ", i))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, sealed)
	}
	return all, NewDatagramOpener(key)
}

func TestDatagrams(t *testing.T) {
	changed := func(b []byte, at int) []byte {
		b = bytes.Clone(b)
		b[at] ^= 1
		return b
	}
	foreign, err := NewDatagramSealer([KeySize]byte{2}).Seal(nil, []byte("message 0"))
	if err != nil {
		t.Fatal(err)
	}
	type counts = DatagramCounts
	for name, test := range map[string]struct {
		arriving func(m [][]byte) [][]byte
		opens    string // y or n for each
		want     counts
	}{
		"in order":    {func(m [][]byte) [][]byte { return m }, "yyyy", counts{Opened: 4}},
		"backwards":   {func(m [][]byte) [][]byte { return [][]byte{m[3], m[2], m[1], m[0]} }, "yyyy", counts{Opened: 4}},
		"with gaps":   {func(m [][]byte) [][]byte { return [][]byte{m[0], m[3]} }, "yy", counts{Opened: 2}},
		"replayed":    {func(m [][]byte) [][]byte { return [][]byte{m[1], m[0], m[1], m[0]} }, "yynn", counts{2, 2, 0}},
		"altered":     {func(m [][]byte) [][]byte { return [][]byte{changed(m[0], 9), m[0]} }, "ny", counts{1, 0, 1}},
		"renumbered":  {func(m [][]byte) [][]byte { return [][]byte{changed(m[0], 7), m[0], m[1]} }, "nyy", counts{2, 0, 1}},
		"far ahead":   {func(m [][]byte) [][]byte { return [][]byte{changed(m[0], 0), changed(m[0], 3), m[0]} }, "nny", counts{1, 0, 2}},
		"cut":         {func(m [][]byte) [][]byte { return [][]byte{m[0][:DatagramOverhead-1], m[0][:len(m[0])-1], m[0]} }, "nny", counts{1, 0, 2}},
		"empty":       {func(m [][]byte) [][]byte { return [][]byte{nil, m[0]} }, "ny", counts{1, 0, 1}},
		"other's key": {func(m [][]byte) [][]byte { return [][]byte{foreign, m[0]} }, "ny", counts{1, 0, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			m, o := datagrams(t, 4)
			for i, d := range test.arriving(m) {
				got, err := o.Open(nil, d)
				if (err == nil) != (test.opens[i] == 'y') || err != nil && !errors.Is(err, ErrOpen) {
					t.Errorf("datagram %d: %v", i, err)
				}
				if err == nil && string(got) != fmt.Sprint("message ", binary.BigEndian.Uint64(d)) {
					t.Errorf("datagram %d is %q", i, got)
				}
			}
			if o.Counts() != test.want {
				t.Errorf("counts %+v, want %+v", o.Counts(), test.want)
			}
		})
	}
}

// Every number within the window opens once, whatever the order; none below it.
func TestDatagramWindow(t *testing.T) {
	const n = 3*DatagramWindow + 17
	m, o := datagrams(t, n)
	opens := func(i int) bool {
		_, err := o.Open(nil, m[i])
		return err == nil
	}
	if !opens(n-1) || opens(n-1-DatagramWindow) || !opens(n-DatagramWindow) {
		t.Error("the window's edges are elsewhere")
	}
	m, o = datagrams(t, n)
	r, taken, highest := rand.New(rand.NewPCG(1, 2)), map[int]bool{}, 0
	for range 4 * n {
		i := highest + r.IntN(8)
		if r.IntN(3) > 0 {
			i = highest - r.IntN(DatagramWindow+9)
		}
		i = max(0, min(n-1, i))
		want := !taken[i] && i+DatagramWindow > highest
		if opens(i) != want {
			t.Fatalf("number %d after %d: opens is not %t", i, highest, want)
		}
		taken[i], highest = true, max(highest, i)
	}
	if highest < n/2 {
		t.Fatalf("only came to %d", highest)
	}
}

func TestDatagramInPlace(t *testing.T) {
	m, o := datagrams(t, 1)
	got, err := o.Open(m[0][DatagramFront:DatagramFront], m[0])
	if err != nil || string(got) != "message 0" || &got[0] != &m[0][DatagramFront] {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestDatagramsExhausted(t *testing.T) {
	s := NewDatagramSealer([KeySize]byte{1})
	s.next = s.limit - 1
	if _, err := s.Seal(nil, nil); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Seal(nil, nil); !errors.Is(err, ErrExhausted) {
			t.Errorf("got %v, want %v", err, ErrExhausted)
		}
	}
}

func TestDatagramsAllocateNothing(t *testing.T) {
	key := [KeySize]byte{1}
	s, o := NewDatagramSealer(key), NewDatagramOpener(key)
	message, sealed, opened := make([]byte, 1150), make([]byte, 0, 1200), make([]byte, 0, 1200)
	garbage := bytes.Repeat([]byte{1}, 100)
	if n := testing.AllocsPerRun(1000, func() {
		d, err := s.Seal(sealed, message)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Open(opened, d); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Open(opened, d); err == nil {
			t.Fatal("opened twice")
		}
		if _, err := o.Open(opened, garbage); err == nil {
			t.Fatal("garbage opened")
		}
	}); n != 0 {
		t.Errorf("%g allocations", n)
	}
}

func FuzzDatagram(f *testing.F) {
	f.Add([]byte("message"), make([]byte, DatagramOverhead), uint64(5))
	f.Add([]byte{}, []byte{}, uint64(1<<63))
	f.Fuzz(func(t *testing.T, message, foreign []byte, next uint64) {
		key := [KeySize]byte{5} // a key that no seed was sealed with
		s, o := NewDatagramSealer(key), NewDatagramOpener(key)
		s.next = next % maxMessages
		if _, err := o.Open(nil, foreign); !errors.Is(err, ErrOpen) {
			t.Fatalf("a foreign datagram opened: %v", err)
		}
		sealed, err := s.Seal([]byte("kept"), message)
		if err != nil || len(sealed) != 4+DatagramOverhead+len(message) {
			t.Fatalf("sealed to %d bytes: %v", len(sealed), err)
		}
		got, err := o.Open(nil, sealed[4:])
		if err != nil || !bytes.Equal(got, message) {
			t.Fatalf("round trip: %v", err)
		}
		if _, err := o.Open(nil, sealed[4:]); !errors.Is(err, ErrOpen) {
			t.Fatalf("replayed: %v", err)
		}
	})
}

// The floor is copying the bytes.
func BenchmarkDatagram(b *testing.B) {
	message, buffer, out := make([]byte, 1150), make([]byte, 0, 1200), make([]byte, 0, 1200)
	b.Run("floor copy", func(b *testing.B) {
		b.SetBytes(int64(len(message)))
		for b.Loop() {
			out = append(append(out[:0], message...)[:0], buffer[:1150]...)
		}
	})
	b.Run("seal", func(b *testing.B) {
		s := NewDatagramSealer([KeySize]byte{1})
		b.SetBytes(int64(len(message)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Seal(buffer, message); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open", func(b *testing.B) {
		key := [KeySize]byte{1}
		s, o := NewDatagramSealer(key), NewDatagramOpener(key)
		d, err := s.Seal(buffer, message)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(message)))
		b.ReportAllocs()
		for b.Loop() {
			o.window = window{}
			if _, err := o.Open(out[:0], d); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("garbage", func(b *testing.B) {
		o, d := NewDatagramOpener([KeySize]byte{1}), make([]byte, 1174)
		b.SetBytes(int64(len(message)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := o.Open(out[:0], d); err == nil {
				b.Fatal("garbage opened")
			}
		}
	})
}
