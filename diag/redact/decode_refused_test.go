package redact

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/ulikunitz/xz"
)

func TestRefused(t *testing.T) {
	text := []byte(strings.Repeat(secretLine+"\n", 5000))
	random := packedAs(t, zstded, text)[4:]
	le := binary.LittleEndian
	packed := func(p packing, b []byte) []byte { return packedAs(t, p, b) }
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"database":            {append([]byte("SQLite format 3\x00"), text...), "a database"},
		"program":             {append([]byte("\x7fELF"), text...), "a program"},
		"tar":                 {append(append(make([]byte, 257), "ustar"...), text...), "a tar archive"},
		"binary later":        {append(bytes.Clone(text), bytes.Repeat([]byte{1, 2, 'a', 3, 0, 9}, 10000)...), "binary data"},
		"packed later":        {append(bytes.Clone(text), bytes.Repeat(random, 50)...), "binary data"},
		"binary, short":       {[]byte("\x01\x02\x03\x04"), "binary data"},
		"utf-16 later":        {append(bytes.Clone(text), asUTF16(secretLine, le, true)...), "two encodings"},
		"bytes after utf-16":  {append(asUTF16(string(text), le, true), secretLine+secretLine...), "two encodings"},
		"utf-32":              {[]byte("\xff\xfe\x00\x00" + strings.Join(strings.Split(secretLine, ""), "\x00\x00\x00") + "\x00\x00\x00"), "it"},
		"gzip, damaged":       {packed(gzipped, text)[:300], "cannot be unpacked"},
		"gzip, then more":     {append(packed(gzipped, text), secretLine...), "cannot be unpacked"},
		"gzip of a program":   {packed(gzipped, append([]byte("\x7fELF"), text...)), "a program"},
		"gzip, binary later":  {packed(gzipped, append(bytes.Clone(text), bytes.Repeat([]byte{1, 2}, 20000)...)), "binary data"},
		"three times":         {packed(gzipped, packed(xzed, packed(gzipped, text))), "more than twice"},
		"bomb":                {packed(gzipped, make([]byte, 4<<20)), "an attack"},
		"bomb in a bomb":      {packed(zstded, packed(gzipped, make([]byte, 4<<20))), "an attack"},
		"xz, much memory":     {xzOf(t, text, 1<<26), "memory"},
		"zip, damaged":        {zipped2(t, "a", string(text))[:200], "cannot be unpacked"},
		"zip of programs":     {zipped2(t, "a", "\x7fELF"), "nothing in it can be redacted; of a: it is no text but a program"},
		"zip, three deep":     {zipped2(t, "a", string(zipped2(t, "b", string(zipped2(t, "c", secretLine))))), "more than twice"},
		"zip, large":          {append([]byte("PK\x03\x04"), make([]byte, zipMemory)...), "too large"},
		"more than the limit": {bytes.Repeat(text, 4), "larger than can be"},
	} {
		for _, pieces := range []int{3000, 1 << 30} {
			_, err := decoded(t, c.file, pieces, Decoding{Limit: limitOf(name), bomb: 1 << 20})
			var refused *Refused
			if !errors.As(err, &refused) || !strings.Contains(refused.Reason, c.want) {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
	}
}

func limitOf(name string) int64 {
	if name == "more than the limit" {
		return 1 << 20
	}
	return 0
}

func xzOf(t testing.TB, text []byte, dict int) []byte {
	var b bytes.Buffer
	w, err := xz.WriterConfig{DictCap: dict}.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
