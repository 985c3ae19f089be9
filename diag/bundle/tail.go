package bundle

import "encoding/binary"

// tail is everything behind the files: manifest, directory, end. It can stand
// at any place, since only two numbers in it say where it stands.
type tail struct {
	manifest []byte // its local header and packed content
	dir      []byte // the entries' records, the manifest's last, that one without its offset
	count    int    // entries in dir
	last     int    // where the manifest's record begins in dir
}

// offsetInCentral is where a directory record has its file's offset, and
// offsetInEnd where the end record has the directory's (APPNOTE 6.3.9, 4.3.12 and 4.3.16).
const (
	offsetInCentral = 42
	offsetInEnd     = 16
)

func newTail(entries []entry, manifest entry, packed []byte) tail {
	t := tail{manifest: append(manifest.local(), packed...), count: len(entries) + 1}
	for _, e := range entries {
		t.dir = e.central(t.dir)
	}
	t.last = len(t.dir)
	t.dir = manifest.central(t.dir)
	return t
}

func (t tail) len() int64 { return int64(len(t.manifest) + len(t.dir) + endLen) }

// bytes is the tail as it stands at an offset.
func (t tail) bytes(at int64) []byte {
	b := append(make([]byte, 0, t.len()), t.manifest...)
	b = append(b, t.directory(at)...)
	return append(b, t.end(at+int64(len(t.manifest)))...)
}

// directory names a manifest at an offset.
func (t tail) directory(manifestAt int64) []byte {
	b := append([]byte(nil), t.dir...)
	binary.LittleEndian.PutUint32(b[t.last+offsetInCentral:], uint32(manifestAt))
	return b
}

// end is the end record of a directory at an offset.
func (t tail) end(dirAt int64) []byte {
	return appendEnd(nil, t.count, int64(len(t.dir)), dirAt)
}
