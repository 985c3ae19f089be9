package redact

import (
	"archive/zip"
	"bytes"
	b64 "encoding/base64"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

const (
	secretLine = "opts Uid=svc;Password=EDGE00secret;Host=10.20.30.40;Timeout=30"
	theSecret  = "EDGE00secret"
)

var testText = "first line\r\n" + secretLine + "\r\nGrüße aus Köln\r\n"

func testRules(t testing.TB) (*Rules, *Names) {
	t.Helper()
	rules, err := Compile(Known{Hosts: []string{"wks4711"}})
	if err != nil {
		t.Fatal(err)
	}
	names, err := NewNames(bytes.Repeat([]byte{7}, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return rules, names
}

// decoded redacts a file that comes in pieces of so many bytes.
func decoded(t testing.TB, file []byte, pieces int, o Decoding) ([]byte, error) {
	t.Helper()
	rules, names := testRules(t)
	var out bytes.Buffer
	d := Decode(&out, rules, names, o)
	for len(file) > 0 {
		n := min(pieces, len(file))
		if _, err := d.Write(file[:n]); err != nil {
			break
		}
		file = file[n:]
	}
	err := d.Close()
	return out.Bytes(), err
}

func asUTF16(text string, order binary.AppendByteOrder, mark bool) []byte {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xfeff)
	}
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func packedAs(t testing.TB, p packing, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch p {
	case gzipped:
		w = gzip.NewWriter(&b)
	case zstded:
		w, err = zstd.NewWriter(&b)
	case xzed:
		w, err = xz.NewWriter(&b)
	}
	if err == nil {
		_, err = w.Write(text)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped2(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Deflate, Comment: theSecret})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SetComment(theSecret); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bzipped2 is secretLine and a line break in bzip2, which nothing here writes.
func bzipped2(t testing.TB) []byte {
	t.Helper()
	b, err := b64.StdEncoding.DecodeString("QlpoOTFBWSZTWTjFA4MAABXfgAAQQAF8CgbARgAuIt+AIABBE00T1NAeoYjamnqGMAAAAASi48DfpKOeQiHs4PCgGhojk5+7vaala0fGWVwrSt4T3MWaJB+LuSKcKEgcYoHBgA==")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// plainOf undoes packings and UTF-16, to look for what is left.
func plainOf(t testing.TB, b []byte) string {
	t.Helper()
	switch p := packingOf(b); p {
	case unpacked:
	case zipped:
		r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		all := r.Comment
		for _, f := range r.File {
			c, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(c)
			if err != nil {
				t.Fatal(err)
			}
			all += f.Name + f.Comment + string(f.Extra) + plainOf(t, text)
		}
		return all
	default:
		r, err := p.open(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return plainOf(t, text)
	}
	if order, mark := orderOf(b); order != nil {
		b = b[mark:]
		var units []uint16
		for ; len(b) >= 2; b = b[2:] {
			units = append(units, order.Uint16(b))
		}
		return string(utf16.Decode(units))
	}
	return string(b)
}

func TestEveryWayOfWriting(t *testing.T) {
	rules, names := testRules(t)
	want := string(rules.Bytes([]byte(testText), names, nil))
	if strings.Contains(want, theSecret) {
		t.Fatal(want)
	}
	latin := strings.NewReplacer("ü", "\xfc", "ß", "\xdf", "ö", "\xf6").Replace(testText)
	le, be := binary.LittleEndian, binary.BigEndian
	long := strings.Repeat("one more line that fills blocks\n", 4000)
	for name, file := range map[string][]byte{
		"utf-8":              []byte(testText),
		"utf-8, mark":        []byte("\xef\xbb\xbf" + testText),
		"utf-16 le":          asUTF16(testText, le, true),
		"utf-16 be":          asUTF16(testText, be, true),
		"utf-16 le, no mark": asUTF16(testText, le, false),
		"utf-16 be, no mark": asUTF16(testText, be, false),
		"gzip":               packedAs(t, gzipped, []byte(testText)),
		"gzip, twice":        packedAs(t, gzipped, packedAs(t, gzipped, []byte(testText))),
		"two gzips":          append(packedAs(t, gzipped, []byte(testText[:20])), packedAs(t, gzipped, []byte(testText[20:]))...),
		"zstd":               packedAs(t, zstded, []byte(testText)),
		"xz":                 packedAs(t, xzed, []byte(testText)),
		"gzip of utf-16":     packedAs(t, gzipped, asUTF16(testText, le, true)),
	} {
		for _, pieces := range []int{1, 7, 1 << 20} {
			out, err := decoded(t, file, pieces, Decoding{})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got := strings.TrimPrefix(strings.TrimPrefix(plainOf(t, out), "\xef\xbb\xbf"), "\ufeff"); got != want {
				t.Errorf("%s in pieces of %d: %q, want %q", name, pieces, got, want)
			}
			if packingOf(out) != packingOf(file) {
				t.Errorf("%s is packed in another way", name)
			}
			if n := min(3, len(file)); packingOf(file) == unpacked && !bytes.Equal(out[:n], file[:n]) {
				t.Errorf("%s begins with %x", name, out[:n])
			}
		}
	}
	if out, err := decoded(t, []byte(latin), 5, Decoding{}); err != nil || strings.Contains(string(out), theSecret) || !strings.Contains(string(out), "Gr\xfc\xdfe aus K\xf6ln") {
		t.Errorf("latin: %q, %v", out, err)
	}
	if out, err := decoded(t, []byte(testText+"\x00\x00\x00\n"+long), 100, Decoding{}); err != nil || strings.Contains(string(out), theSecret) {
		t.Errorf("zeros at a line's end: %v", err)
	}
	if out, err := decoded(t, []byte(testText+strings.Repeat("\x00", 1<<20)+secretLine), 1<<15, Decoding{}); err != nil || strings.Contains(string(out), theSecret) {
		t.Errorf("a megabyte of zeros: %v", err)
	}
}

func TestBzip2BecomesGzip(t *testing.T) {
	rules, names := testRules(t)
	var out bytes.Buffer
	d := Decode(&out, rules, names, Decoding{})
	if _, err := d.Write(bzipped2(t)); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if was, is := d.Ending(); was != ".bz2" || is != ".gz" {
		t.Errorf("%q becomes %q", was, is)
	}
	if got := plainOf(t, out.Bytes()); packingOf(out.Bytes()) != gzipped || strings.Contains(got, theSecret) || !strings.Contains(got, "Uid=") {
		t.Errorf("%q", got)
	}
}

func TestZip(t *testing.T) {
	inner := zipped2(t, "b.log", secretLine)
	file := zipped2(t,
		"logs/", "", "logs/10.20.30.40.log", testText, "rotated.gz", string(packedAs(t, gzipped, []byte(secretLine))),
		"nested.zip", string(inner), "program", "\x7fELF"+secretLine, "late", strings.Repeat(secretLine+"\n", 1000)+strings.Repeat("\x01\x02", 20000),
		"db", "SQLite format 3\x00"+secretLine)
	var left []string
	out, err := decoded(t, file, 1000, Decoding{Left: func(r *Refused) { left = append(left, r.Error()) }})
	if err != nil {
		t.Fatal(err)
	}
	got := plainOf(t, out)
	if strings.Contains(got, theSecret) || strings.Contains(got, "10.20.30") || !strings.Contains(got, "logs/net-") || !strings.Contains(got, "Grüße") || !strings.Contains(got, "nested.zip") {
		t.Errorf("%q", got)
	}
	if all := strings.Join(left, "; "); all != "program: it is no text but a program; late: it is no text but binary data; db: it is no text but a database" {
		t.Errorf("left out: %s", all)
	}
}
