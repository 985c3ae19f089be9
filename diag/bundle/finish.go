package bundle

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"
)

// Close ends the bundle. Files still open are left out by name. If even the
// space kept in reserve does not do, the files that came last are left out,
// by name, until it does. After an error the last checkpoint is at the path.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return errClosed
	}
	for _, l := range w.stillOpen() {
		w.noteLeftOut(l)
	}
	w.closed = true
	clear(w.open)
	w.end()
	if w.room.tail != nil {
		w.manifest.Unfinished = ""
	}
	err := w.finish()
	if cerr := w.room.disk.Close(); err == nil {
		err = cerr
	}
	if w.part != "" {
		if err == nil {
			err = os.Rename(w.part, w.path)
		}
		if err != nil {
			os.Remove(w.part)
		}
	}
	if err != nil {
		return fmt.Errorf("finish bundle %q: %w", w.path, err)
	}
	return nil
}

// Discard ends the bundle without one. It does nothing after Close.
func (w *Writer) Discard() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	w.closed = true
	w.end()
	w.room.disk.Close()
	os.Remove(cmp.Or(w.part, w.path))
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
		w.room.tail = nil // it named what now goes
		last := len(w.entries) - 1
		w.room.next = int64(w.entries[last].offset)
		w.leaveOut(w.manifest.Files[last], noRoom(w.manifest.Files[last].Path, err))
		w.entries, w.manifest.Files = w.entries[:last], w.manifest.Files[:last]
	}
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
