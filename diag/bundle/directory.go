package bundle

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
)

// readDirectory reads end record and directory. gaps says that there are
// unused bytes before manifest, directory or end, as in a bundle of a run
// that was killed.
func readDirectory(r io.ReaderAt, size int64) (all []entry, gaps bool, err error) {
	if size < endLen {
		return nil, false, refuse(ErrNotBundle, "", "it is too short")
	}
	if size > MaxArchive {
		return nil, false, refuse(ErrTooLarge, "", "it is larger than 4 GiB")
	}
	le := binary.LittleEndian
	end := make([]byte, endLen)
	if err := readAt(r, end, size-endLen); err != nil {
		return nil, false, err
	}
	count, dirSize, dirAt := int(le.Uint16(end[10:])), int64(le.Uint32(end[12:])), int64(le.Uint32(end[16:]))
	switch {
	case le.Uint32(end) != endSignature:
		return nil, false, refuse(ErrNotBundle, "", "it does not end as a zip archive without comment does")
	case le.Uint32(end[4:]) != 0 || le.Uint16(end[8:]) != uint16(count) || le.Uint16(end[20:]) != 0:
		return nil, false, refuse(ErrNotBundle, "", "it is a part of an archive in several parts")
	case count == 0:
		return nil, false, refuse(ErrNotBundle, "", "it is empty")
	case count > MaxFiles+1 || dirSize > int64(count)*(centralLen+MaxPath):
		return nil, false, refuse(ErrTooLarge, "", "it has more files than a bundle can hold")
	case dirAt+dirSize > size-endLen:
		return nil, false, refuse(ErrUnsafe, "", "its directory is not where its end says")
	}
	dir := make([]byte, dirSize)
	if err := readAt(r, dir, dirAt); err != nil {
		return nil, false, err
	}
	all = make([]entry, 0, count)
	for range count {
		e, rest, err := readCentral(dir)
		if err != nil {
			return nil, false, err
		}
		all, dir = append(all, e), rest
	}
	if len(dir) != 0 {
		return nil, false, refuse(ErrUnsafe, "", "its directory has more than it says")
	}
	gaps, err = checkLayout(all, dirAt)
	return all, gaps || dirAt+dirSize < size-endLen, err
}

// readCentral reads the directory's first entry and gives what follows it.
func readCentral(b []byte) (e entry, rest []byte, err error) {
	le := binary.LittleEndian
	if len(b) < centralLen || le.Uint32(b) != centralSignature {
		return e, nil, refuse(ErrNotBundle, "", "its directory is damaged")
	}
	nameLen := int(le.Uint16(b[28:]))
	if nameLen > MaxPath || len(b) < centralLen+nameLen {
		return e, nil, refuse(ErrUnsafe, "", "it has a file with too long a name")
	}
	e = entry{
		name:   string(b[centralLen : centralLen+nameLen]),
		method: le.Uint16(b[10:]),
		time:   le.Uint32(b[12:]),
		crc:    le.Uint32(b[16:]),
		packed: le.Uint32(b[20:]),
		plain:  le.Uint32(b[24:]),
		attrs:  le.Uint32(b[38:]),
		offset: le.Uint32(b[42:]),
	}
	switch kind := e.attrs & typeMask; {
	case le.Uint16(b[8:]) != utf8Flag:
		return e, nil, refuse(ErrUnsafe, e.name, "is encrypted or packed in a way that bundles do not use")
	case le.Uint16(b[30:]) != 0 || le.Uint16(b[32:]) != 0 || le.Uint16(b[34:]) != 0:
		return e, nil, refuse(ErrUnsafe, e.name, "has fields that bundles do not use")
	case e.method != stored && e.method != deflated:
		return e, nil, refuse(ErrUnsafe, e.name, "is packed in a way that bundles do not use")
	case kind != 0 && kind != plainFile:
		return e, nil, refuse(ErrUnsafe, e.name, "is not a file but a link, a folder or a device")
	}
	return e, b[centralLen+nameLen:], nil
}

// checkLayout makes sure that the files follow each other from the beginning
// on, and says whether there are gaps around the manifest, the last one.
func checkLayout(all []entry, dirAt int64) (gaps bool, err error) {
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.offset, b.offset) })
	var at, plain int64
	for i := range all {
		e := &all[i]
		if i == len(all)-1 && int64(e.offset) > at {
			gaps, at = true, int64(e.offset)
		}
		if int64(e.offset) != at {
			return false, refuse(ErrUnsafe, e.name, "does not follow the file before it")
		}
		at += e.span()
		plain += int64(e.plain)
		if e.method == stored && e.packed != e.plain {
			return false, refuse(ErrUnsafe, e.name, "has two different sizes")
		}
		if looksLikeBomb(int64(e.plain), int64(e.packed)) {
			return false, refuse(ErrUnsafe, e.name, "would grow too much when unpacked")
		}
	}
	if at > dirAt {
		return false, refuse(ErrUnsafe, "", "its directory overlaps its files")
	}
	if plain > MaxPlain+MaxManifest {
		return false, refuse(ErrTooLarge, "", "its files are larger than a bundle's may be")
	}
	return gaps || at < dirAt, nil
}

// checkEntries checks names, and that every local header says the same as the directory.
func checkEntries(r io.ReaderAt, all []entry) error {
	taken := names{}
	for i := range all {
		e := &all[i]
		why := checkPath(e.name)
		if why == "" {
			why = taken.take(e.name)
		}
		if why != "" {
			return refuse(ErrUnsafe, e.name, "%s", why)
		}
		want := e.local()
		got := make([]byte, len(want))
		if err := readAt(r, got, int64(e.offset)); err != nil {
			return err
		}
		if string(got) != string(want) {
			return refuse(ErrUnsafe, e.name, "is described differently in two places")
		}
	}
	return nil
}

func readAt(r io.ReaderAt, b []byte, at int64) error {
	if n, err := r.ReadAt(b, at); n < len(b) {
		return fmt.Errorf("read %d bytes at %d: %w", len(b), at, err)
	}
	return nil
}
