package peer

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/pion/rtp"
)

// cutFrames makes packets of VP8 frames: the first of them a keyframe, and so
// is every tenth.
func cutFrames(t testing.TB, count int) (frames [][]byte, packets []rtp.Packet) {
	t.Helper()
	p := payloader(VP8)
	number := uint16(65500) // wraps soon
	for i := range count {
		frame := make([]byte, 3000+i)
		for j := range frame {
			frame[j] = byte(i + j)
		}
		if frame[0] |= 1; i%10 == 0 {
			frame[0] &^= 1
		}
		frames = append(frames, frame)
		payloads := p.Payload(videoPacket, frame)
		for j, payload := range payloads {
			h := rtp.Header{SequenceNumber: number, Timestamp: uint32(i * 3000), Marker: j == len(payloads)-1}
			packets = append(packets, rtp.Packet{Header: h, Payload: payload})
			number++
		}
	}
	return frames, packets
}

// wholeFrames takes what is whole and holds it against what was sent.
func wholeFrames(t *testing.T, a *assembler, frames [][]byte) (got []int) {
	t.Helper()
	for {
		f, ok := a.whole()
		if !ok {
			return got
		}
		i := int(f.At / 3000)
		if !bytes.Equal(f.Data, frames[i]) || f.Key != (i%10 == 0) {
			t.Fatalf("frame %d is not as it was sent", i)
		}
		got = append(got, i)
	}
}

func TestAssembleInAnyOrder(t *testing.T) {
	frames, packets := cutFrames(t, 40)
	now := time.Unix(1000, 0)
	random := rand.New(rand.NewPCG(1, 2))
	for i := 1; i+8 < len(packets); i += 8 { // the first is where it begins
		random.Shuffle(8, func(j, k int) { packets[i+j], packets[i+k] = packets[i+k], packets[i+j] })
	}
	a := newAssembler(VP8)
	var got []int
	for _, p := range packets {
		for range 2 { // and each twice
			a.take(now, &p.Header, p.Payload)
		}
		got = append(got, wholeFrames(t, a, frames)...)
	}
	if len(got) != len(frames) {
		t.Errorf("%d of %d frames: %v", len(got), len(frames), got)
	}
}

// A packet that is missing is asked for at once, and again; when it comes, the
// frames go on where they were.
func TestAssembleMended(t *testing.T) {
	frames, packets := cutFrames(t, 3)
	now, rtt := time.Unix(1000, 0), 40*time.Millisecond
	a := newAssembler(VP8)
	for i, p := range packets {
		if i != 4 {
			a.take(now, &p.Header, p.Payload)
		}
	}
	if got := wholeFrames(t, a, frames); len(got) != 1 {
		t.Fatalf("frames %v before the gap has mended", got)
	}
	want := fmt.Sprint([]uint16{packets[4].SequenceNumber})
	if missing, key, _ := a.due(now, rtt); fmt.Sprint(missing) != want || key {
		t.Errorf("asked for %v (%v), want %v", missing, key, want)
	}
	if missing, _, wait := a.due(now.Add(rtt/2), rtt); len(missing) != 0 || wait > rtt {
		t.Errorf("asked for %v while it may be on its way; next in %v", missing, wait)
	}
	now = now.Add(rtt * 6 / 5)
	if missing, _, _ := a.due(now, rtt); fmt.Sprint(missing) != want {
		t.Errorf("asked for %v the second time, want %v", missing, want)
	}
	a.take(now, &packets[4].Header, packets[4].Payload)
	if got := wholeFrames(t, a, frames); len(got) != 2 {
		t.Errorf("frames %v after the gap has mended", got)
	}
	if missing, key, _ := a.due(now.Add(time.Second), rtt); len(missing) != 0 || key {
		t.Errorf("asked for %v (%v) with nothing missing", missing, key)
	}
}

// A gap that does not mend costs what needs it: a keyframe is asked for, and
// nothing is given before one.
func TestAssembleBroken(t *testing.T) {
	frames, packets := cutFrames(t, 12)
	begin, rtt := time.Unix(1000, 0), 40*time.Millisecond
	a := newAssembler(VP8)
	lost := 4
	rest := len(packets)
	for i, p := range packets {
		if p.Timestamp >= 10*3000 {
			rest = i
			break
		}
		if i != lost {
			a.take(begin, &p.Header, p.Payload)
		}
	}
	if got := wholeFrames(t, a, frames); len(got) != 1 {
		t.Fatalf("frames %v before the gap was given up", got)
	}
	if _, key, _ := a.due(begin.Add(heal(rtt)-1), rtt); key {
		t.Error("a keyframe is asked for too early")
	}
	now := begin.Add(heal(rtt))
	if missing, key, _ := a.due(now, rtt); len(missing) != 0 || !key {
		t.Errorf("given up: asked for %v, a keyframe %v", missing, key)
	}
	if got := wholeFrames(t, a, frames); len(got) != 0 {
		t.Errorf("frames %v need one that is lost", got)
	}
	if _, key, _ := a.due(now.Add(keyTwice), rtt); !key {
		t.Error("a keyframe is asked for once: the word may be lost")
	}
	if _, key, _ := a.due(now.Add(keyAgain), rtt); key {
		t.Error("a keyframe is asked for though it may be on its way")
	}
	if _, key, _ := a.due(now.Add(keyAgain+rtt), rtt); !key {
		t.Error("a keyframe that does not come is not asked for again")
	}
	if _, key, wait := a.due(begin.Add(deserted), rtt); key || wait < time.Minute {
		t.Errorf("nobody sends any more: a keyframe is asked for: %v, next in %v", key, wait)
	}
	for _, p := range packets[rest:] {
		a.take(now, &p.Header, p.Payload)
	}
	if got := wholeFrames(t, a, frames); fmt.Sprint(got) != "[10 11]" {
		t.Errorf("frames %v from the keyframe on", got)
	}
	if _, key, _ := a.due(now.Add(time.Hour), rtt); key {
		t.Error("a keyframe is asked for though one came")
	}
}

// Who comes in the middle asks for a keyframe at the first frame that is none.
func TestAssembleInTheMiddle(t *testing.T) {
	frames, packets := cutFrames(t, 12)
	now := time.Unix(1000, 0)
	a := newAssembler(VP8)
	a.take(now, &packets[5].Header, packets[5].Payload)
	if _, key, _ := a.due(now, 0); key {
		t.Error("a keyframe is asked for before anything is known")
	}
	for _, p := range packets[6:9] {
		a.take(now, &p.Header, p.Payload)
	}
	if got := wholeFrames(t, a, frames); len(got) != 0 {
		t.Errorf("frames %v without a keyframe", got)
	}
	if _, key, _ := a.due(now, 0); !key {
		t.Error("no keyframe is asked for")
	}
}

// A jump, or more gaps than are worth it, begins anew; nothing grows.
func TestAssembleJumps(t *testing.T) {
	_, packets := cutFrames(t, 2)
	now := time.Unix(1000, 0)
	a := newAssembler(VP8)
	for number := uint16(0); number < 60000; number += 999 {
		p := packets[0]
		p.SequenceNumber = number
		a.take(now, &p.Header, p.Payload)
		if len(a.gaps) > maxGaps || a.highest-a.next > held {
			t.Fatalf("%d gaps, %d packets", len(a.gaps), a.highest-a.next)
		}
	}
	for number := uint16(0); number < 6000; number += 2 {
		p := packets[1]
		p.SequenceNumber = number
		a.take(now, &p.Header, p.Payload)
		if len(a.gaps) > maxGaps {
			t.Fatalf("%d gaps", len(a.gaps))
		}
		if missing, _, _ := a.due(now, 0); len(missing) > atOnce {
			t.Fatalf("%d are asked for in one word", len(missing))
		}
	}
}

// Padding between frames is no frame, and a frame that has lost its marker
// ends where the next begins.
func TestAssemblePadding(t *testing.T) {
	frames, packets := cutFrames(t, 2)
	now := time.Unix(1000, 0)
	a := newAssembler(VP8)
	number, got := packets[0].SequenceNumber, 0
	for _, p := range packets {
		last := p.Marker
		p.SequenceNumber, p.Marker = number, false
		a.take(now, &p.Header, p.Payload)
		if number++; last {
			h := rtp.Header{SequenceNumber: number, Timestamp: p.Timestamp + 1}
			a.take(now, &h, nil)
			number++
			got += len(wholeFrames(t, a, frames))
		}
	}
	if got != 2 {
		t.Errorf("%d frames of 2", got)
	}
}

// FuzzAssemble is a track of the other side's wish: what is put together is
// bounded, and nothing breaks.
func FuzzAssemble(f *testing.F) {
	for _, c := range []byte{0, 1, 2, 3} {
		f.Add(c, []byte{0, 0, 1, 0x10, 9, 9, 0, 1, 1, 0x90, 0x80, 1, 2, 3})
	}
	f.Add(byte(2), []byte{0, 0, 0, 0x7c, 0x85, 1, 2, 0, 1, 1, 0x7c, 0x45, 3, 4})
	f.Add(byte(3), []byte{0, 0, 0, 0x58, 0x0a, 1, 2, 0, 1, 1, 0x90, 0x45, 3, 4})
	f.Fuzz(func(t *testing.T, which byte, b []byte) {
		codec := []VideoCodec{VP8, VP9, H264, AV1}[which%4]
		a := newAssembler(codec)
		now := time.Unix(1000, 0)
		for len(b) >= 3 { // a number, what it is, how much follows
			h := rtp.Header{SequenceNumber: uint16(b[0]) * uint16(1+b[1]>>4), Marker: b[1]&1 != 0, Timestamp: uint32(b[1] >> 1 & 3)}
			n := min(int(b[2]), len(b)-3)
			a.take(now, &h, append([]byte{}, b[3:3+n]...))
			b = b[3+n:]
			for {
				frame, ok := a.whole()
				if !ok {
					break
				}
				if len(frame.Data) == 0 || len(frame.Data) > MaxFrame {
					t.Fatalf("a frame of %d bytes", len(frame.Data))
				}
			}
			now = now.Add(30 * time.Millisecond)
			missing, _, wait := a.due(now, 20*time.Millisecond)
			if len(missing) > maxGaps || wait <= 0 {
				t.Fatalf("%d are asked for, next in %v", len(missing), wait)
			}
		}
	})
}
