package record

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.jsonl")
	s, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second time: %v", err)
	}
	for _, l := range []string{"one", "two"} {
		if err := s.Keep([]byte(l)); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "one\ntwo\n" {
		t.Errorf("%q %v", b, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s.Keep([]byte("three")) == nil || s.Keep([]byte("four")) == nil {
		t.Error("a closed file keeps")
	}
}
