package film

import (
	"bytes"
	"errors"
	"image"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"
)

// parsed is a file as a reader of the format sees it.
type parsed struct {
	Header  webm.EBMLHeader `ebml:"EBML"`
	Segment struct {
		Info struct {
			TimecodeScale uint64
			Duration      float64
		}
		Tracks  webm.Tracks
		Cues    webm.Cues
		Cluster []struct {
			Timecode    uint64
			SimpleBlock []ebml.Block
		}
	}
}

// A film of a day has its whole index, in the room that was kept for it.
func TestIndex(t *testing.T) {
	name := filepath.Join(t.TempDir(), "day.webm")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := newMuxer(f, image.Pt(800, 600), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	const frames = 24 * 3600 / 5
	for i := range frames {
		if err := m.block(time.Duration(i)*5*time.Second, true, []byte{byte(i), byte(i >> 8)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.close((frames - 1) * 5 * time.Second); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var p parsed
	if err := ebml.Unmarshal(bytes.NewReader(data), &p); err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if got := len(p.Segment.Cluster); got != frames {
		t.Errorf("%d clusters", got)
	}
	if got := p.Segment.Info.Duration; got != (frames-1)*5000 {
		t.Errorf("it lasts %v", got)
	}
	points := p.Segment.Cues.CuePoint
	if len(points) < cuesMost/2 || len(points) > cuesMost {
		t.Errorf("%d places to jump to", len(points))
	}
	for i, c := range points {
		at := m.room.segment + int64(c.CueTrackPositions[0].CueClusterPosition)
		var one struct {
			Cluster struct{ Timecode uint64 }
		}
		if err := ebml.Unmarshal(bytes.NewReader(data[at:at+12+6]), &one); one.Cluster.Timecode != c.CueTime {
			t.Fatalf("place %d is for %d and leads to %d: %v", i, c.CueTime, one.Cluster.Timecode, err)
		}
		if i > 0 && c.CueTime <= points[i-1].CueTime {
			t.Errorf("place %d is not after the one before", i)
		}
	}
}
