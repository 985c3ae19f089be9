package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// Close ends the bundle and puts it at its path. Files still open are left
// out by name. If even the space kept in reserve does not do, the files that
// came last are left out, by name, until it does. On an error nothing is at
// the path.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return errClosed
	}
	w.closed = true
	for _, path := range slices.Sorted(maps.Keys(w.open)) {
		w.noteLeftOut(LeftOut{Path: path, Title: w.open[path].Title, Why: "it was not finished"})
	}
	clear(w.open)
	err := w.finish()
	if cerr := w.room.disk.Close(); err == nil {
		err = cerr
	}
	if w.part == "" {
		return err
	}
	if err == nil {
		err = os.Rename(w.part, w.path)
	}
	if err != nil {
		os.Remove(w.part)
		return fmt.Errorf("finish bundle %q: %w", w.path, err)
	}
	return nil
}

// Discard ends the bundle without one.
func (w *Writer) Discard() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	w.closed = true
	w.room.disk.Close()
	if w.part != "" {
		os.Remove(w.part)
	}
}

func (w *Writer) finish() error {
	for {
		tail, err := w.tail()
		if err == nil {
			err = w.room.finish(tail)
		}
		if err == nil || len(w.entries) == 0 || w.whole {
			return err
		}
		last := len(w.entries) - 1
		w.room.next = int64(w.entries[last].offset)
		w.leaveOut(w.manifest.Files[last], noRoom(w.manifest.Files[last].Path, err))
		w.entries, w.manifest.Files = w.entries[:last], w.manifest.Files[:last]
	}
}

// tail is everything behind the files: manifest, directory, end.
func (w *Writer) tail() ([]byte, error) {
	all := w.manifest
	if w.unnamed > 0 {
		all.LeftOut = append(slices.Clip(all.LeftOut), LeftOut{Path: "…", Why: fmt.Sprintf("%d further files did not fit", w.unnamed)})
	}
	plain, err := encodeManifest(all)
	if err != nil {
		return nil, err
	}
	if len(plain) > MaxManifest {
		return nil, fmt.Errorf("the manifest would be %d bytes long: %w", len(plain), errMax)
	}
	var packed bytes.Buffer
	p := w.packer(&packed)
	p.Write(plain)
	p.Close()
	w.giveBack(p)
	m := entry{
		name: ManifestName, method: deflated, time: dosTime(w.manifest.Created), attrs: fileMode, offset: uint32(w.room.next),
		crc: crc32.ChecksumIEEE(plain), packed: uint32(packed.Len()), plain: uint32(len(plain)),
	}
	tail := append(m.local(), packed.Bytes()...)
	start := len(tail)
	for _, e := range w.entries {
		tail = e.central(tail)
	}
	tail = m.central(tail)
	return appendEnd(tail, len(w.entries)+1, int64(len(tail)-start), w.room.next+int64(start)), nil
}

func encodeManifest(m Manifest) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(m)
	return b.Bytes(), err
}

// cost is how many bytes v takes in the manifest, indented and not deflated.
func cost(v any) int64 {
	b, err := json.Marshal(v)
	if err != nil {
		return MaxText
	}
	return int64(len(b)) + 200
}

// oneLine makes a text fit for the manifest: one line, valid, not too long.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ")
	s = strings.Map(func(r rune) rune {
		if unprintable(r) {
			return '\uFFFD'
		}
		return r
	}, s)
	if len(s) <= MaxText {
		return s
	}
	end := MaxText - len("…")
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
