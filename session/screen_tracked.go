package session

import (
	"image"

	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/pixel"
)

// tracked puts the video track's pictures where an update says that something
// moves. What updates draw stays as it is beneath: the next one builds on it.
type tracked struct {
	alone   bool             // the track shows the whole screen, and there are no updates
	regions []picture.Region // where pictures belong
	since   uint32           // what is older belongs to other regions
	newest  *pixel.Bitmap    // the track's newest picture, Rect.Min at 0, 0; nil: there is none
	at      uint32
	base    *pixel.Bitmap // the updates' picture
	shown   *pixel.Bitmap // with the regions in it; nil: there never were any
}

// forget drops all pictures.
func (t *tracked) forget() { *t = tracked{} }

// follow takes an update's result and gives what has changed of what is shown.
func (t *tracked) follow(r picture.Result, at uint32) []image.Rectangle {
	t.base = r.Picture
	if t.shown != nil && t.shown.Rect != r.Picture.Rect {
		t.shown = nil
	}
	if !same(t.regions, r.Motion) {
		t.regions, t.since = append([]picture.Region(nil), r.Motion...), at
	}
	if len(t.regions) == 0 && t.shown == nil {
		return r.Changed
	}
	changed := r.Changed
	if t.shown == nil {
		t.shown = pixel.New(r.Picture.Rect)
		changed = []image.Rectangle{r.Picture.Rect}
	}
	for _, c := range changed {
		t.shown.Copy(t.base, c)
	}
	return append(changed[:len(changed):len(changed)], t.place()...)
}

// whole is what is to be shown.
func (t *tracked) whole(base *pixel.Bitmap) *pixel.Bitmap {
	if t.shown != nil {
		return t.shown
	}
	return base
}

// film takes a picture of the track and gives what has changed.
func (t *tracked) film(p *pixel.Bitmap, at uint32) []image.Rectangle {
	t.newest, t.at = p, at
	if t.alone {
		t.shown = p
		return []image.Rectangle{p.Rect}
	}
	if t.shown == nil {
		return nil
	}
	return t.place()
}

// place puts the newest picture into the regions, if it is theirs.
func (t *tracked) place() (changed []image.Rectangle) {
	all := around(t.regions)
	if t.newest == nil || t.newest.Rect.Size() != all.Size() || int32(t.at-t.since) < 0 {
		return nil
	}
	moved := *t.newest
	moved.Rect = moved.Rect.Add(all.Min)
	for _, r := range t.regions {
		t.shown.Copy(&moved, r.Rect)
		changed = append(changed, r.Rect)
	}
	return changed
}

func same(a, b []picture.Region) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
