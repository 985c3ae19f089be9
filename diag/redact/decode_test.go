package redact

import (
	"archive/zip"
	"bytes"
	b64 "encoding/base64"
	"encoding/binary"
	"errors"
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

// TestLines: a replacement is in the line in which the value stands, also far
// into a log and after values of several lines.
func TestLines(t *testing.T) {
	var text strings.Builder
	var want []int64
	for i := range 60_000 {
		if i%20_000 == 10 {
			want = append(want, int64(strings.Count(text.String(), "\n"))+1)
			text.WriteString("password=Xk8" + strings.Repeat("q", i%7) + "92!aZ\n")
		}
		text.WriteString("nothing is in this line\n")
	}
	for name, file := range map[string][]byte{
		"plain": []byte(text.String()), "gzip": packedAs(t, gzipped, []byte(text.String())), "utf-16": asUTF16(text.String(), binary.LittleEndian, true),
	} {
		var got []int64
		if _, err := decoded(t, file, 50_000, Decoding{Lines: true, Note: func(s Spot) { got = append(got, s.Line) }}); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%s: lines %v, want %v", name, got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: lines %v, want %v", name, got, want)
			}
		}
	}
}

// failing takes so many bytes and then nothing.
type failing struct{ left int }

var errFull = errors.New("no room")

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestNoRoom(t *testing.T) {
	rules, names := testRules(t)
	random := strings.Repeat(secretLine+"\n", 20_000)
	for name, file := range map[string][]byte{
		"text": []byte(random), "gzip": packedAs(t, gzipped, []byte(random)), "zip": zipped2(t, "a", random), "utf-16": asUTF16(random, binary.BigEndian, true),
	} {
		d := Decode(&failing{100}, rules, names, Decoding{})
		_, werr := d.Write(file)
		if err := d.Close(); !errors.Is(err, errFull) || isRefused(err) {
			t.Errorf("%s: %v, %v", name, werr, err)
		}
		if _, err := d.Write([]byte("x")); err == nil {
			t.Errorf("%s: it takes more", name)
		}
	}
}

func TestNames(t *testing.T) {
	rules, names := testRules(t)
	for name, want := range map[string]string{
		"logs/app.log":        "logs/app.log",
		"10.20.30.40.log":     names.of(Net, []byte("10.20.30")),
		"a/10.20.30.40":       "a/" + names.of(Net, []byte("10.20.30"))[1:4],
		"mail/anna.s@x.org/a": "mail/",
		`C:\Users\anna\b.txt`: `C:\Users\`,
	} {
		got := rules.Name(name, names)
		if strings.ContainsAny(got, "<>") || strings.Contains(got, "10.20.30") || strings.Contains(got, "anna") {
			t.Errorf("%s becomes %s", name, got)
		}
		if !strings.HasPrefix(got, strings.Trim(want, "<>")) {
			t.Errorf("%s becomes %s, want %s", name, got, want)
		}
		if again := rules.Name(got, names); again != got {
			t.Errorf("%s becomes %s", got, again)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range [][]byte{
		[]byte(testText), asUTF16(testText, binary.LittleEndian, true), asUTF16(testText, binary.BigEndian, false),
		packedAs(f, gzipped, []byte(testText)), packedAs(f, zstded, []byte(testText)), packedAs(f, xzed, []byte(testText)),
		zipped2(f, "a.log", testText, "b.gz", string(packedAs(f, gzipped, []byte(testText)))), bzipped2(f),
		{0xff, 0xfe, 0, 0xd8, 'a'},
	} {
		f.Add(seed, 100)
	}
	rules, _ := testRules(f)
	f.Fuzz(func(t *testing.T, file []byte, pieces int) {
		pieces = 1 + (pieces&0xffff)%5000
		names, _ := NewNames(make([]byte, KeySize))
		once := func(file []byte, pieces int) ([]byte, error) {
			var out bytes.Buffer
			d := Decode(&out, rules, names, Decoding{Limit: 1 << 22})
			for rest := file; len(rest) > 0; rest = rest[min(pieces, len(rest)):] {
				if _, err := d.Write(rest[:min(pieces, len(rest))]); err != nil {
					break
				}
			}
			return out.Bytes(), d.Close()
		}
		out, err := once(file, pieces)
		if err != nil {
			if !isRefused(err) {
				t.Fatal(err)
			}
			return
		}
		if whole, err := once(file, len(file)+1); err != nil || packingOf(file) == unpacked && !bytes.Equal(whole, out) {
			t.Fatalf("in pieces of %d %q, at once %q, %v", pieces, out, whole, err)
		}
		if packingOf(file) == unpacked && len(out) > 64*len(file)+64 {
			t.Fatalf("%d bytes became %d", len(file), len(out))
		}
	})
}
