package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
)

// forgery is an archive whose every part can be made to lie.
type forgery struct {
	entries  []entry
	data     [][]byte // packed, in the entries' order
	local    []entry  // what the local headers say
	manifest Manifest
	text     []byte // the manifest's text, if not that of manifest
	name     string // the manifest's name
	gap      []byte // between the files and the directory
	before   []byte // before the manifest
	end      func(end []byte)
}

// add adds a file that is what it says.
func (f *forgery) add(path, content string) {
	data := deflate([]byte(content))
	e := entry{
		name: path, method: deflated, attrs: fileMode, crc: crc32.ChecksumIEEE([]byte(content)),
		packed: uint32(len(data)), plain: uint32(len(content)),
	}
	sum := sha256.Sum256([]byte(content))
	f.entries, f.local, f.data = append(f.entries, e), append(f.local, e), append(f.data, data)
	f.manifest.Files = append(f.manifest.Files, File{Path: path, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])})
}

func deflate(b []byte) []byte {
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, level)
	w.Write(b)
	w.Close()
	return packed.Bytes()
}

func (f *forgery) bytes() []byte {
	if f.text == nil {
		f.text, _ = encodeManifest(f.manifest)
	}
	m := entry{
		name: f.name, method: deflated, attrs: fileMode, crc: crc32.ChecksumIEEE(f.text), plain: uint32(len(f.text)),
	}
	data := append(f.data, deflate(f.text))
	m.packed = uint32(len(data[len(data)-1]))
	var b, dir []byte
	for i, e := range append(f.entries, m) {
		l := e
		if i < len(f.local) {
			l = f.local[i]
		}
		if i == len(f.entries) {
			b = append(b, f.before...)
		}
		e.offset += uint32(len(b))
		dir = e.central(dir)
		b = append(append(b, l.local()...), data[i]...)
	}
	b = append(b, f.gap...)
	at := len(b)
	b = append(b, dir...)
	b = appendEnd(b, len(f.entries)+1, int64(len(dir)), int64(at))
	if f.end != nil {
		f.end(b[len(b)-endLen:])
	}
	return b
}

func newForgery() *forgery {
	f := &forgery{manifest: Manifest{Schema: Schema, Collectors: []Outcome{}, LeftOut: []LeftOut{}}, name: ManifestName}
	f.add("logs/a.log", "content of a")
	f.add("logs/b.log", strings.Repeat("content of b ", 1000))
	return f
}

// rename renames the first file everywhere.
func rename(to string) func(*forgery) {
	return func(f *forgery) { f.entries[0].name, f.local[0].name, f.manifest.Files[0].Path = to, to, to }
}

func both(edit func(*entry)) func(*forgery) {
	return func(f *forgery) { edit(&f.entries[0]); edit(&f.local[0]) }
}

func sizes(packed, plain int64) func(*forgery) {
	return func(f *forgery) {
		for _, e := range []*entry{&f.entries[0], &f.local[0]} {
			e.packed, e.plain = uint32(packed), uint32(plain)
		}
		f.manifest.Files[0].Size = plain
	}
}

func TestHostile(t *testing.T) {
	many := func(f *forgery) {
		for i := range MaxFiles {
			e := f.entries[0]
			e.name = fmt.Sprintf("n/%d", i)
			f.entries, f.local, f.data = append(f.entries, e), append(f.local, e), append(f.data, f.data[0])
		}
	}
	cases := map[string]struct {
		edit func(*forgery)
		want error // nil: the bundle is good
	}{
		"good":                   {func(*forgery) {}, nil},
		"parent folder":          {rename("../a.log"), ErrUnsafe},
		"hidden parent folder":   {rename("a/../../b"), ErrUnsafe},
		"absolute":               {rename("/etc/passwd"), ErrUnsafe},
		"drive":                  {rename("c:/a"), ErrUnsafe},
		"other stream":           {rename("a.log:b"), ErrUnsafe},
		"backslash":              {rename("a\\b"), ErrUnsafe},
		"device":                 {rename("logs/COM1.log"), ErrUnsafe},
		"turned around":          {rename("logs/a\u202egnp.log"), ErrUnsafe},
		"line break":             {rename("logs/a\nb"), ErrUnsafe},
		"not UTF-8":              {rename("logs/\xff"), ErrUnsafe},
		"folder":                 {rename("logs/"), ErrUnsafe},
		"deep":                   {rename("a/b/c/d/e/f/g/h/i"), ErrUnsafe},
		"twice":                  {rename("logs/b.log"), ErrUnsafe},
		"twice but for case":     {rename("logs/B.log"), ErrUnsafe},
		"file as folder":         {rename("logs"), ErrUnsafe},
		"second manifest":        {rename("Manifest.json"), ErrUnsafe},
		"link":                   {both(func(e *entry) { e.attrs = 0o120777 << 16 }), ErrUnsafe},
		"device node":            {both(func(e *entry) { e.attrs = 0o060600 << 16 }), ErrUnsafe},
		"unknown packing":        {both(func(e *entry) { e.method = 12 }), ErrUnsafe},
		"stored in two sizes":    {both(func(e *entry) { e.method = stored }), ErrUnsafe},
		"two names":              {func(f *forgery) { f.local[0].name = "logs/x.log" }, ErrUnsafe},
		"two checksums":          {func(f *forgery) { f.local[0].crc++ }, ErrUnsafe},
		"overlap":                {func(f *forgery) { f.entries[1].offset--; f.local[1].offset-- }, ErrUnsafe},
		"something hidden":       {func(f *forgery) { f.gap = []byte("hidden") }, ErrUnsafe},
		"too many files":         {many, ErrTooLarge},
		"larger than it says":    {sizes(0, 5), ErrUnsafe}, // packed is wrong too, so the next file is not where it should be
		"longer":                 {func(f *forgery) { sizes(int64(f.entries[0].packed), 5)(f) }, ErrDamaged},
		"shorter":                {func(f *forgery) { sizes(int64(f.entries[0].packed), 500)(f) }, ErrDamaged},
		"bomb":                   {func(f *forgery) { sizes(int64(f.entries[0].packed), 1<<31)(f) }, ErrUnsafe},
		"two sizes":              {func(f *forgery) { f.manifest.Files[0].Size++ }, ErrUnsafe},
		"other content":          {func(f *forgery) { f.manifest.Files[0].SHA256 = strings.Repeat("0", 64) }, ErrDamaged},
		"wrong checksum":         {both(func(e *entry) { e.crc++ }), ErrDamaged},
		"no hash":                {func(f *forgery) { f.manifest.Files[0].SHA256 = "" }, ErrUnsafe},
		"does not unpack":        {func(f *forgery) { f.data[0][0] = 7 }, ErrDamaged},
		"behind the content":     {trailing, ErrDamaged},
		"not in the manifest":    {func(f *forgery) { f.manifest.Files = f.manifest.Files[1:] }, ErrUnsafe},
		"not in the archive":     {func(f *forgery) { f.manifest.Files[0].Path = "logs/c.log" }, ErrDamaged},
		"twice in the manifest":  {func(f *forgery) { f.manifest.Files = append(f.manifest.Files, f.manifest.Files[0]) }, ErrUnsafe},
		"no manifest":            {func(f *forgery) { f.name = "readme.txt" }, ErrNotBundle},
		"manifest is no JSON":    {func(f *forgery) { f.text = []byte("schema: 1") }, ErrNotBundle},
		"manifest of no version": {func(f *forgery) { f.text = []byte("{}") }, ErrNotBundle},
		"newer":                  {func(f *forgery) { f.manifest.Schema = Schema + 1 }, ErrNewer},
		"large manifest":         {func(f *forgery) { f.text = bytes.Repeat([]byte(" "), MaxManifest+1) }, ErrTooLarge},
		"manifest of objects":    {func(f *forgery) { f.text = []byte(`{"schema":1,"files":[` + strings.Repeat("{},", 30_000) + `{}]}`) }, ErrTooLarge},
		"two lines":              {func(f *forgery) { f.manifest.Tool = "a\nb" }, ErrUnsafe},
		"long text":              {func(f *forgery) { f.manifest.Host = strings.Repeat("a", MaxText+1) }, ErrUnsafe},
		"cut off":                {func(f *forgery) { f.end = func(b []byte) { b[0] = 0 } }, ErrNotBundle},
		"several parts":          {func(f *forgery) { f.end = func(b []byte) { b[4] = 1 } }, ErrNotBundle},
		"count that lies":        {func(f *forgery) { f.end = func(b []byte) { b[8], b[10] = 2, 2 } }, ErrUnsafe},
		"directory elsewhere":    {func(f *forgery) { f.end = func(b []byte) { b[16]++ } }, ErrUnsafe},
		"empty":                  {func(f *forgery) { f.end = func(b []byte) { b[8], b[10] = 0, 0 } }, ErrNotBundle},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := newForgery()
			c.edit(f)
			b := f.bytes()
			r, err := NewReader(bytes.NewReader(b), int64(len(b)))
			if err == nil {
				err = r.Verify(t.Context())
			}
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			var format *FormatError
			if c.want != nil && !errors.As(err, &format) {
				t.Errorf("%T", err)
			}
		})
	}
}

// trailing puts bytes behind the first file's deflate stream, inside its packed size.
func trailing(f *forgery) {
	f.data[0] = append(f.data[0], "hidden"...)
	f.entries[0].packed += 6
	f.local[0].packed += 6
}

func TestForeign(t *testing.T) {
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte(strings.Repeat("no zip ", 100)), "zeros": make([]byte, 1000),
	} {
		if _, err := NewReader(bytes.NewReader(b), int64(len(b))); !errors.Is(err, ErrNotBundle) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(t.TempDir()); err == nil {
		t.Error("opened a folder")
	}
}

// TestBounded reads a file that promises less than it has.
func TestBounded(t *testing.T) {
	f := newForgery()
	f.entries[1].plain, f.local[1].plain, f.manifest.Files[1].Size = 100, 100, 100
	b := f.bytes()
	r, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.OpenFile("logs/b.log")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	got, err := io.ReadAll(c)
	if len(got) != 100 || !errors.Is(err, ErrDamaged) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// interruptedBytes is a bundle as a kill leaves it, with bytes around its manifest.
func interruptedBytes(t testing.TB) []byte {
	t.Helper()
	path := t.TempDir() + "/x.zip"
	w, err := Create(path, head)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	e, err := w.Add(File{Path: "logs/a.log"})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(e, "content of a")
	if err := errors.Join(e.Close(), w.Checkpoint()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestGaps holds that only a bundle that says so has bytes that nobody reads.
func TestGaps(t *testing.T) {
	b := interruptedBytes(t)
	r, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || !r.gaps || r.Manifest().Unfinished == "" {
		t.Fatal(r, err)
	}
	for name, edit := range map[string]func(*forgery){
		"before the directory": func(f *forgery) { f.gap = []byte("hidden") },
		"before the manifest":  func(f *forgery) { f.before = []byte("hidden") },
	} {
		for _, said := range []string{"", "collecting was interrupted"} {
			f := newForgery()
			edit(f)
			f.manifest.Unfinished = said
			b := f.bytes()
			if _, err := NewReader(bytes.NewReader(b), int64(len(b))); (err == nil) != (said != "") {
				t.Errorf("%s, %q: %v", name, said, err)
			}
		}
	}
	// Between files there are none, whatever the manifest says.
	f := newForgery()
	f.manifest.Unfinished = "x"
	f.entries[1].offset++
	b = f.bytes()
	if _, err := NewReader(bytes.NewReader(b), int64(len(b))); !errors.Is(err, ErrUnsafe) {
		t.Error(err)
	}
}

// FuzzReader holds that what is accepted and verified survives Select unchanged.
func FuzzReader(f *testing.F) {
	good := newForgery().bytes()
	f.Add(good)
	f.Add(good[:len(good)-1])
	short := newForgery()
	sizes(int64(short.entries[0].packed), 500)(short)
	f.Add(short.bytes())
	f.Add(interruptedBytes(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		if err := r.Verify(t.Context()); err != nil {
			return
		}
		path := t.TempDir() + "/x.zip"
		if err := Select(path, r, func(File) bool { return true }); err != nil {
			t.Fatal(err)
		}
		again, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if err := again.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
		was, is := readAll(t, r), readAll(t, again)
		if len(was) != len(is) {
			t.Fatalf("%d files became %d", len(was), len(is))
		}
		for path := range was {
			if !bytes.Equal(was[path], is[path]) {
				t.Errorf("%q has changed", path)
			}
		}
	})
}
