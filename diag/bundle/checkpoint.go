package bundle

import (
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
)

// unfinished is what the manifest of a live archive says.
const unfinished = "collecting was interrupted; this is what had been collected until then"

// beginLive makes the file an archive without files.
func (w *Writer) beginLive() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.manifest.Unfinished = unfinished
	t, err := w.tail()
	if err != nil {
		return err
	}
	return w.room.begin(t)
}

// Checkpoint lets the archive on disk say what is so by now. It is done
// without being asked for as files are closed, but not for each of many
// small ones. When there is no room for it, the archive stays as it was.
func (w *Writer) Checkpoint() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return errClosed
	}
	return w.checkpoint()
}

// changed is called with w.mu held when there is something new to say. A
// tail costs as much as it is long, so the tails of all files together cost
// a few times what the files do, however many there are.
func (w *Writer) changed() {
	w.stale = true
	if w.room.tail != nil && w.pending >= w.room.tail.len()/4 {
		_ = w.checkpoint() // the archive is as good as it was
	}
}

func (w *Writer) checkpoint() error {
	if w.room.tail == nil || !w.stale {
		return nil
	}
	t, err := w.tail()
	if err != nil {
		return err
	}
	// The reserve counts texts as they are, and in the file they are packed.
	if err := w.room.renew(t, min(w.reserve, baseReserve/2+2*t.len())); err != nil {
		return err
	}
	w.pending, w.stale = 0, false
	return nil
}

// stillOpen names the files that are not closed; w.mu is held.
func (w *Writer) stillOpen() []LeftOut {
	var all []LeftOut
	for _, path := range slices.Sorted(maps.Keys(w.open)) {
		all = append(all, LeftOut{Path: oneLine(path), Title: w.open[path].Title, Why: "it was not finished"})
	}
	return all
}

// tail makes what stands behind the files; w.mu is held.
func (w *Writer) tail() (tail, error) {
	all := w.manifest
	all.Redaction = w.redaction()
	if w.unnamed > 0 {
		all.LeftOut = append(slices.Clip(all.LeftOut), LeftOut{Path: "…", Why: fmt.Sprintf("%d further files did not fit", w.unnamed)})
	}
	all.LeftOut = append(slices.Clip(all.LeftOut), w.stillOpen()...)
	plain, err := encodeManifest(all)
	if err != nil {
		return tail{}, err
	}
	if len(plain) > MaxManifest {
		return tail{}, fmt.Errorf("the manifest would be %d bytes long: %w", len(plain), errMax)
	}
	packed, err := w.packManifest(plain)
	if err != nil {
		return tail{}, err
	}
	m := entry{
		name: ManifestName, method: deflated, time: dosTime(w.manifest.Created), attrs: fileMode,
		crc: crc32.ChecksumIEEE(plain), plain: uint32(len(plain)), packed: uint32(len(packed)),
	}
	if len(w.to) > 0 {
		m.name, m.method, m.crc, m.plain = hiddenManifest, stored, crc32.ChecksumIEEE(packed), m.packed
	}
	return newTail(w.entries, m, packed), nil
}
