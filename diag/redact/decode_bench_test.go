package redact

import (
	"io"
	"testing"
)

// BenchmarkDecode is BenchmarkText with all that tells how the text is written.
func BenchmarkDecode(b *testing.B) {
	rules, names := plantRules(b)
	log := plantedLog(b, 1, 32<<20)
	b.SetBytes(int64(len(log)))
	for b.Loop() {
		d := Decode(io.Discard, rules, names, Decoding{})
		if _, err := d.Write(log); err != nil {
			b.Fatal(err)
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
