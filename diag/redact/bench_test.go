package redact

import (
	"io"
	"testing"
)

// BenchmarkText is the engine alone; app's benchmark sets it beside zstd.
func BenchmarkText(b *testing.B) {
	rules, names := plantRules(b)
	log := plantedLog(b, 1, 32<<20)
	b.SetBytes(int64(len(log)))
	for b.Loop() {
		w := rules.NewWriter(io.Discard, names, nil)
		if _, err := w.Write(log); err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
