package record

import (
	"bytes"
	"path/filepath"
	"testing"
)

// BenchmarkRead checks a whole record of nine entries with eight countersignatures.
func BenchmarkRead(b *testing.B) {
	text, _ := both(b, all()...)
	for b.Loop() {
		if _, err := Read(bytes.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkKeep is one line on the disk, synced.
func BenchmarkKeep(b *testing.B) {
	s, err := Create(filepath.Join(b.TempDir(), "record.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	line := bytes.Repeat([]byte("a"), 300)
	for b.Loop() {
		if err := s.Keep(line); err != nil {
			b.Fatal(err)
		}
	}
}
