package record

import (
	"bytes"
	"errors"
	"testing"
)

func FuzzRead(f *testing.F) {
	text, _ := both(f, all()...)
	f.Add(text)
	f.Add(text[:len(text)/2])
	f.Add([]byte(`{"v":1,"n":1}` + "\n"))
	f.Add([]byte("{\"v\":1,\"of\":1,\"is\":\"\",\"sig\":\"\"}\n"))
	f.Add([]byte("\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Read(bytes.NewReader(b))
		var fault *Fault
		if err != nil && !errors.As(err, &fault) && !errors.Is(err, ErrFull) && !errors.Is(err, ErrEmpty) {
			t.Fatalf("an error of no kind: %v", err)
		}
		if c.size > MaxSize || c.size > len(b) || c.Countersigned() > c.Len() {
			t.Fatalf("%d bytes and %d of %d entries of %d bytes", c.size, c.Countersigned(), c.Len(), len(b))
		}
		if err == nil && c.size != len(b) {
			t.Fatal("something was read over")
		}
	})
}

// FuzzEntry finds two texts of one entry.
func FuzzEntry(f *testing.F) {
	text, _ := both(f, all()...)
	for _, l := range bytes.Split(text, []byte("\n")) {
		f.Add(l)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var e Entry
		if parse(b, &e) != nil || e.valid() != nil {
			return
		}
		again, err := write(e)
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("written as %s, read from %s: %v", again, b, err)
		}
	})
}
