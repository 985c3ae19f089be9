package peer

import (
	"time"

	"github.com/pion/rtcp"

	"github.com/beistand/beistand/session/pace"
)

// departures are the track's packets on their way, by the number that counts
// every one that leaves (draft-holmer-rmcat-transport-wide-cc-extensions-01).
type departures struct {
	next uint16
	ring [departed]departure

	began bool
	last  uint32 // the reference time before, 24 bits
	since int64  // in units of 64 ms, counted on past where 24 bits end
}

// departed is how many packets are remembered: a second of 60 Mbit/s. Later
// words on older ones count for nothing.
const departed = 8192

type departure struct {
	at     time.Time // zero: told, or never left
	bytes  int
	number uint16
}

// leave numbers a packet.
func (d *departures) leave(now time.Time, bytes int) (number uint16) {
	number = d.next
	d.next++
	d.ring[number%departed] = departure{now, bytes, number}
	return number
}

// told is what the receiver says of packets, each once.
func (d *departures) told(f *rtcp.TransportLayerCC) []pace.Arrival {
	at := d.unwrap(f.ReferenceTime) * 64_000 // µs
	var arrivals []pace.Arrival
	deltas := f.RecvDeltas
	number, left := f.BaseSequenceNumber, int(f.PacketStatusCount)
	each := func(symbol uint16) bool {
		if left == 0 {
			return false
		}
		left--
		received := symbol == rtcp.TypeTCCPacketReceivedSmallDelta || symbol == rtcp.TypeTCCPacketReceivedLargeDelta
		if received {
			if len(deltas) == 0 {
				return false
			}
			at += deltas[0].Delta
			deltas = deltas[1:]
		}
		slot := &d.ring[number%departed]
		if slot.number == number && !slot.at.IsZero() {
			a := pace.Arrival{Sent: slot.at, Bytes: slot.bytes, Lost: !received}
			if received {
				a.Arrived = time.UnixMicro(at)
			}
			arrivals = append(arrivals, a)
			slot.at = time.Time{}
		}
		number++
		return true
	}
	for _, chunk := range f.PacketChunks {
		switch c := chunk.(type) {
		case *rtcp.RunLengthChunk:
			for range c.RunLength {
				if !each(c.PacketStatusSymbol) {
					return arrivals
				}
			}
		case *rtcp.StatusVectorChunk:
			for _, symbol := range c.SymbolList {
				if !each(symbol) {
					return arrivals
				}
			}
		}
	}
	return arrivals
}

// unwrap counts reference times on: their 24 bits end after twelve days.
func (d *departures) unwrap(reference uint32) int64 {
	if !d.began {
		d.began, d.since = true, int64(reference)
	} else {
		d.since += int64(int32((reference-d.last)<<8) >> 8)
	}
	d.last = reference
	return d.since
}
