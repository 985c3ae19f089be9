package film

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"

	"github.com/beistand/beistand/session/codec/codectest"
	"github.com/beistand/beistand/session/pixel"
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

// tight is a disk that is full after so many bytes.
type tight struct {
	*os.File
	left int
}

func (d *tight) Write(b []byte) (int, error) {
	if len(b) <= d.left {
		d.left -= len(b)
		return d.File.Write(b)
	}
	n, err := d.File.Write(b[:d.left])
	d.left = 0
	if err == nil {
		err = syscall.ENOSPC
	}
	return n, err
}

// stream hides all but writing.
type stream struct{ io.Writer }

// A full disk is told, and what was written until then can be played; so can a
// stream that never heard of its end.
func TestFullDisk(t *testing.T) {
	need(t, "ffprobe")
	moving := codectest.NewFilm(size)
	src := pixel.New(image.Rectangle{Max: size})
	for _, file := range []bool{true, false} {
		for _, room := range []int{100_000, 100_001, 131_072, 200_003} {
			t.Run(fmt.Sprintf("file=%v/%d", file, room), func(t *testing.T) {
				name := filepath.Join(t.TempDir(), "seen.webm")
				f, err := os.Create(name)
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				disk := &tight{f, room}
				var out io.Writer = disk
				if !file {
					out = stream{disk}
				}
				w, err := NewWriter(out, size, Options{FPS: 1000, Key: time.Second})
				if err != nil {
					t.Fatal(err)
				}
				start, i := time.Now(), 0
				for ; err == nil && i < 100_000; i++ {
					moving.Frame(src, i)
					err = w.Add(src, nil, start.Add(time.Duration(i)*time.Second/30))
				}
				if !errors.Is(err, syscall.ENOSPC) {
					t.Fatalf("after %d pictures: %v", i, err)
				}
				if err := w.Close(); !errors.Is(err, syscall.ENOSPC) {
					t.Errorf("at the end: %v", err)
				}
				p := probe(t, name, file)
				if len(p.Frames) < 5 {
					t.Errorf("%d frames can be played", len(p.Frames))
				}
				if file && p.Format.Duration == "" {
					t.Error("it does not say how long it lasts")
				}
			})
		}
	}
}

// A disk that is full from the start is told at once.
func TestNoRoomAtAll(t *testing.T) {
	need(t)
	f, err := os.Create(filepath.Join(t.TempDir(), "seen.webm"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := NewWriter(&tight{f, 20}, size, Options{}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("it began: %v", err)
	}
}
