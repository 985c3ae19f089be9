package unxz

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/ulikunitz/xz"
)

func pack(t testing.TB, text string, c xz.WriterConfig) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := c.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestStreams(t *testing.T) {
	text := strings.Repeat("one line and another\n", 5000)
	for name, packed := range map[string][]byte{
		"one":          pack(t, text, xz.WriterConfig{}),
		"blocks":       pack(t, text, xz.WriterConfig{BlockSize: 1 << 12}),
		"crc32":        pack(t, text, xz.WriterConfig{CheckSum: xz.CRC32}),
		"sha256":       pack(t, text, xz.WriterConfig{CheckSum: xz.SHA256}),
		"unchecked":    pack(t, text, xz.WriterConfig{NoCheckSum: true}),
		"two, padding": append(append(pack(t, text[:300], xz.WriterConfig{}), 0, 0, 0, 0), pack(t, text[300:], xz.WriterConfig{})...),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := NewReader(bytes.NewReader(packed), 16<<20)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			got, err := io.ReadAll(r)
			if err != nil || string(got) != text {
				t.Errorf("%d bytes of %d, %v", len(got), len(text), err)
			}
		})
	}
}

func TestDamage(t *testing.T) {
	packed := pack(t, strings.Repeat("x", 1000), xz.WriterConfig{})
	for i := range packed {
		bad := bytes.Clone(packed)
		bad[i] ^= 0x10
		if r, err := NewReader(bytes.NewReader(bad), 16<<20); err == nil {
			if got, err := io.ReadAll(r); err == nil && len(got) != 1000 {
				t.Errorf("byte %d: %d bytes without a word", i, len(got))
			}
		}
		if r, err := NewReader(bytes.NewReader(packed[:i]), 16<<20); err == nil {
			if _, err := io.ReadAll(r); err == nil {
				t.Errorf("broken off at %d, and nothing was said", i)
			}
		}
	}
}

func TestMemory(t *testing.T) {
	r, err := NewReader(bytes.NewReader(pack(t, "x", xz.WriterConfig{DictCap: 1 << 25})), 16<<20)
	var much *MemoryError
	if err == nil {
		_, err = io.ReadAll(r)
	}
	if !errors.As(err, &much) || much.Need != 1<<25 {
		t.Errorf("%v", err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(pack(f, "text", xz.WriterConfig{}))
	f.Add(pack(f, "text", xz.WriterConfig{BlockSize: 2}))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := NewReader(bytes.NewReader(b), 1<<20)
		if err != nil {
			return
		}
		defer r.Close()
		_, _ = io.Copy(io.Discard, io.LimitReader(r, 1<<24))
	})
}
