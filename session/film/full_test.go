//go:build cgo && linux && !headless

package film

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec/codectest"
	"github.com/beistand/beistand/session/pixel"
)

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
		for _, room := range []int{100_000, 131_073} {
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

// unended is a film as it stands on the disk when its program ends early: the
// rooms are not filled in, and the last frame is cut.
func unended(t *testing.T, data []byte) []byte {
	t.Helper()
	head, _, err := header(size, time.Unix(0, 0), true)
	if err != nil {
		t.Fatal(err)
	}
	out := append(head, data[len(head):len(data)-20]...)
	for at := len(head); ; {
		i := bytes.Index(out[at:], []byte{0x1f, 0x43, 0xb6, 0x75, 0x01})
		if i < 0 {
			return out
		}
		at += i + 5
		copy(out[at:], bytes.Repeat([]byte{0xff}, 7))
	}
}

// What a film takes of memory does not grow with its length.
func TestMemory(t *testing.T) {
	need(t)
	at := time.Unix(0, 0)
	c, err := newCutter(io.Discard, size, Options{FPS: 12, Key: time.Second}, at)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.close(); err != nil {
			t.Error(err)
		}
	}()
	var pictures [8]*pixel.Bitmap
	for i := range pictures {
		pictures[i] = pixel.New(image.Rectangle{Max: size})
		codectest.NewFilm(size).Frame(pictures[i], i)
	}
	play := func(frames int) (held int) {
		for i := range frames {
			c.take(pictures[i%len(pictures)], pictures[0].Rect, pointer{})
			if err := c.frame(at); err != nil {
				t.Fatal(err)
			}
			at = at.Add(time.Second / 12)
		}
		debug.FreeOSMemory()
		status, err := os.ReadFile("/proc/self/statm")
		if err != nil {
			t.Fatal(err)
		}
		var all, resident int
		if _, err := fmt.Sscan(string(status), &all, &resident); err != nil {
			t.Fatal(err)
		}
		return resident * os.Getpagesize()
	}
	before := play(150)
	after := play(1000)
	t.Logf("%.1f MB after 150 frames, %.1f MB after 1150", float64(before)/1e6, float64(after)/1e6)
	if after > before+8<<20 {
		t.Errorf("%d bytes were added by 1000 frames", after-before)
	}
}
