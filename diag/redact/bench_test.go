package redact

import (
	"io"
	"os"
	"testing"
)

func BenchmarkLog(b *testing.B) {
	text, err := os.ReadFile("/tmp/sl/app.log")
	if err != nil {
		b.Skip(err)
	}
	text = text[:50<<20]
	r, err := Compile(Known{Hosts: []string{"wks4711"}, Domains: []string{"kundenetz.lan"}})
	if err != nil {
		b.Fatal(err)
	}
	names, _ := NewNames(make([]byte, KeySize))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		w := r.NewWriter(io.Discard, names, nil)
		w.Write(text)
		w.Close()
	}
}
