package peer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"
	"time"
)

// frameOf is a frame as a codec would have it, as far as packets care: with
// its number in it.
func frameOf(c VideoCodec, number uint32, key bool, size int) []byte {
	body := bytes.Repeat([]byte{byte(number)%200 + 5}, size)
	binary.BigEndian.PutUint32(body[8:], number|0x01010101)
	switch c {
	case VP8:
		if body[0] = 1; key {
			body[0] = 0
		}
	case VP9:
		head := []byte{0x86, 0} // not a keyframe
		if key {
			head = []byte{0x82, 0x49, 0x83, 0x42, 0x20, 0x13, 0xf0, 0x0e, 0xf0, 0} // 320x240
		}
		copy(body, head)
	case H264:
		slice := append([]byte{0, 0, 0, 1, 0x41}, body...)
		if key {
			slice[4] = 0x65
			return append([]byte{0, 0, 0, 1, 0x67, 1, 2, 3, 0, 0, 0, 1, 0x68, 4, 5}, slice...)
		}
		return slice
	case AV1:
		var out []byte
		if key {
			out = []byte{0x0a, 3, 7, 8, 9} // a sequence header
		}
		return append(binary.AppendUvarint(append(out, 0x32), uint64(len(body))), body...)
	}
	return body
}

func sides(c VideoCodec) (from, to Config) {
	return Config{Media: Media{Video: []VideoCodec{c}, SendVideo: true, Datagrams: true}}, Config{Media: Media{Video: []VideoCodec{AV1, VP9, H264, VP8}, Datagrams: true}}
}

func TestVideo(t *testing.T) {
	for _, codec := range []VideoCodec{VP8, VP9, H264, AV1} {
		t.Run(string(codec), func(t *testing.T) {
			ctx := testContext(t)
			from, to := sides(codec)
			a, b := newConn(t, from), newConn(t, to)
			if err := a.WriteVideo([]byte{1}, 0); !errors.Is(err, ErrNotAgreed) {
				t.Errorf("before there is a connection: %v, want %v", err, ErrNotAgreed)
			}
			if codec == VP9 { // it matters to neither who offers
				signal(ctx, t, b, a, nil)
			} else {
				signal(ctx, t, a, b, nil)
			}
			opened(ctx, t, a, b)
			if a.VideoCodec() != codec || b.VideoCodec() != codec {
				t.Fatalf("agreed on %q and %q", a.VideoCodec(), b.VideoCodec())
			}
			if err := b.WriteVideo([]byte{1}, 0); !errors.Is(err, ErrNotAgreed) {
				t.Errorf("from the wrong side: %v, want %v", err, ErrNotAgreed)
			}
			a.PaceVideo(200_000_000)
			for i, size := range []int{40, 1160, 1161, 1157, 9000, 120_000} {
				frame := frameOf(codec, uint32(i), i == 0, size)
				if err := a.WriteVideo(frame, uint32(3000*i)); err != nil {
					t.Fatal(err)
				}
				got, err := b.Video(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got.Data, frame) || got.At != uint32(3000*i) || got.Key != (i == 0) {
					t.Errorf("frame %d of %d bytes came as %d, at %d, key %v", i, len(frame), len(got.Data), got.At, got.Key)
				}
			}
			exchange(ctx, t, b, a) // beside it
			if err := a.WriteVideo(make([]byte, MaxFrame+1), 0); !errors.Is(err, ErrTooLarge) {
				t.Errorf("a frame too large: %v", err)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			if err := a.WriteVideo([]byte{1}, 0); !errors.Is(err, ErrClosed) {
				t.Errorf("after the end: %v, want %v", err, ErrClosed)
			}
			if _, err := b.Video(ctx); err == nil {
				t.Error("a frame after the end")
			}
		})
	}
}

// On a way that loses media, what is missing comes again: few frames are
// lost, and the sender knows what became of its packets.
func TestVideoOnALossyWay(t *testing.T) {
	ctx := testContext(t)
	from, to := sides(VP8)
	a, b := connectedOver(ctx, t, way{lose: 0.05, mediaOnly: true}, from, to)
	const count = 400
	written := make(chan error, 1)
	sent := 0
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		key := true
		for i := range uint32(count) {
			if err := a.WriteVideo(frameOf(VP8, i, key, 6000), 3000*i); err != nil {
				written <- err
				return
			}
			key = false
			select {
			case <-tick.C:
			case <-ctx.Done():
			}
			select {
			case <-a.KeyWanted():
				key = true
			default:
			}
		}
		written <- nil
	}()
	told, lost, frames := 0, 0, 0
	arrived := make(chan VideoFrame)
	go func() {
		defer close(arrived)
		for {
			f, err := b.Video(ctx)
			if err != nil {
				return
			}
			arrived <- f
		}
	}()
	quiet := time.NewTimer(20 * time.Second)
	last := -1
	for done := false; !done; {
		select {
		case f := <-arrived:
			if number := int(f.At / 3000); number <= last || len(f.Data) != 6000 {
				t.Fatalf("frame %d of %d bytes behind %d", number, len(f.Data), last)
			} else if number != last+1 {
				t.Logf("frames %d to %d are lost, then a keyframe: %v", last+1, number-1, f.Key)
				last = number
			} else {
				last = number
			}
			frames++
			done = last == count-1
		case arrivals := <-a.Feedback():
			for _, w := range arrivals {
				told++
				if w.Lost {
					lost++
				} else if w.Sent.IsZero() || w.Bytes == 0 {
					t.Fatalf("told %+v", w)
				}
			}
		case err := <-written:
			if err != nil {
				t.Fatal(err)
			}
			sent = count
			quiet.Reset(2 * time.Second)
		case <-quiet.C:
			done = true
		}
	}
	if frames < count*3/4 {
		t.Errorf("%d of %d frames came", frames, count)
	}
	if told < count || lost < told/100 || lost > told/8 {
		t.Errorf("of %d packets that the sender was told of, %d were lost", told, lost)
	}
	t.Logf("%d of %d frames; told of %d packets, %d lost; sent %d", frames, count, told, lost, sent)
	_ = b.Close()
	for range arrived { // until the reader has ended
	}
}

// The other side wants a keyframe when there was none that it could begin with.
func TestKeyWanted(t *testing.T) {
	ctx := testContext(t)
	from, to := sides(H264)
	a, b := connected(ctx, t, from, to)
	if err := a.WriteVideo(frameOf(H264, 1, false, 500), 0); err != nil {
		t.Fatal(err)
	}
	select {
	case <-a.KeyWanted():
	case <-ctx.Done():
		t.Fatal("no keyframe was wanted")
	}
	want := frameOf(H264, 2, true, 5000)
	if err := a.WriteVideo(want, 3000); err != nil {
		t.Fatal(err)
	}
	if f, err := b.Video(ctx); err != nil || !bytes.Equal(f.Data, want) || !f.Key {
		t.Errorf("Video = %d bytes, key %v, %v", len(f.Data), f.Key, err)
	}
}

// Nobody reads frames: they are dropped, and what is read later begins with a keyframe.
func TestVideoUnread(t *testing.T) {
	ctx := testContext(t)
	from, to := sides(VP8)
	a, b := connected(ctx, t, from, to)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	wanted := false
	for i := uint32(0); !wanted; i++ {
		if err := a.WriteVideo(frameOf(VP8, i, i == 0, 100), 3000*i); err != nil {
			t.Fatal(err)
		}
		select {
		case <-tick.C:
		case <-a.KeyWanted():
			wanted = true
		case <-ctx.Done():
			t.Fatal("no keyframe was wanted")
		}
	}
	for range framesIn {
		if _, err := b.Video(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.WriteVideo(frameOf(VP8, 99, true, 100), 1<<30); err != nil {
		t.Fatal(err)
	}
	if f, err := b.Video(ctx); err != nil || !f.Key || f.At != 1<<30 {
		t.Errorf("Video = at %d, key %v, %v", f.At, f.Key, err)
	}
}
