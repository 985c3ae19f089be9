package peer

import (
	"errors"
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

// One who has the keys sends control packets for sources that there are not:
// pion would keep a stream for each. The connection ends.
func TestManySourcesEndIt(t *testing.T) {
	ctx := testContext(t)
	a, b := connected(ctx, t, Config{Media: withDatagrams}, Config{Media: withDatagrams})
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for ssrc := uint32(1000); ; ssrc++ {
		if err := a.pc.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{SenderSSRC: 1, MediaSSRC: ssrc}}); err != nil && b.Err() == nil {
			t.Fatal(err)
		}
		select {
		case <-b.Done():
			if !errors.Is(b.Err(), ErrMedia) {
				t.Errorf("it ended with %v, want %v", b.Err(), ErrMedia)
			}
			if ssrc < 1000+maxOpened/2 {
				t.Errorf("it ended after %d", ssrc-1000)
			}
			return
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("it goes on")
		}
	}
}

// Media of a source that the description has not named is not let in, and what
// was agreed on goes on.
func TestForeignMedia(t *testing.T) {
	ctx := testContext(t)
	a, b := connected(ctx, t, Config{Media: withDatagrams}, Config{Media: withDatagrams})
	to := a.media.datagrams.track.bound.Load()
	before := b.media.streams.Load()
	for ssrc := range uint32(500) {
		if _, err := to.stream.WriteRTP(&rtp.Header{Version: 2, PayloadType: to.payload, SSRC: ssrc}, []byte("of nobody")); err != nil {
			t.Fatal(err)
		}
	}
	exchange(ctx, t, a, b)
	if opened := b.media.streams.Load() - before; opened > 2 {
		t.Errorf("%d streams were opened", opened)
	}
}

// What is no plain packet is no datagram.
func TestOddDatagrams(t *testing.T) {
	d := newDatagrams()
	for name, packet := range map[string][]byte{
		"nothing":   {},
		"a header":  rtpPacket(7, 12),
		"too long":  rtpPacket(7, 12+MaxDatagram+1),
		"extended":  append([]byte{0x90}, rtpPacket(7, 40)[1:]...),
		"padded":    append([]byte{0xa0}, rtpPacket(7, 40)[1:]...),
		"with more": append([]byte{0x81}, rtpPacket(7, 40)[1:]...),
	} {
		if d.take(packet); len(d.in) != 0 {
			t.Errorf("%s is taken", name)
			<-d.in
		}
	}
	if d.take(rtpPacket(7, 13)); len(d.in) != 1 {
		t.Error("one byte is not taken")
	}
}
