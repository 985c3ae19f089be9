package film

import (
	"bytes"
	"encoding/binary"
	"image"
	"math"
	"time"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"
)

// program is the name that files carry.
const program = "Beistand"

// rooms are places in the file that are filled in later.
type rooms struct {
	segment  int64 // the first byte in it, eight after its size
	duration int64
	cues     int64
}

type (
	head struct {
		EBML    webm.EBMLHeader `ebml:"EBML"`
		Segment segment         `ebml:"Segment,size=unknown"`
	}
	segment struct {
		Info   info   `ebml:"Info"`
		Tracks tracks `ebml:"Tracks"`
		Void   []byte `ebml:"Void,omitempty"` // room for the cues
	}
	info struct {
		TimecodeScale uint64    `ebml:"TimecodeScale"`
		MuxingApp     string    `ebml:"MuxingApp"`
		WritingApp    string    `ebml:"WritingApp"`
		DateUTC       time.Time `ebml:"DateUTC"`
		Void          []byte    `ebml:"Void,omitempty"` // room for the duration
	}
	tracks struct {
		TrackEntry entry `ebml:"TrackEntry"`
	}
	entry struct {
		TrackNumber uint64 `ebml:"TrackNumber"`
		TrackUID    uint64 `ebml:"TrackUID"`
		FlagLacing  uint64 `ebml:"FlagLacing"`
		CodecID     string `ebml:"CodecID"`
		TrackType   uint64 `ebml:"TrackType"`
		Video       video  `ebml:"Video"`
	}
	video struct {
		PixelWidth  uint64 `ebml:"PixelWidth"`
		PixelHeight uint64 `ebml:"PixelHeight"`
		Colour      colour `ebml:"Colour"`
	}
	// colour is BT.601 in limited range with sRGB's curve and primaries, by the
	// numbers of ISO/IEC 23091-4.
	colour struct {
		Matrix    uint64 `ebml:"MatrixCoefficients"`
		Range     uint64 `ebml:"Range"`
		Transfer  uint64 `ebml:"TransferCharacteristics"`
		Primaries uint64 `ebml:"Primaries"`
	}
)

// An element that only takes room: its ID and its size, so long for what is
// filled in later.
const (
	durationLen = 2 + 1 + 8
	voidShort   = 1 + 1
	voidLong    = 1 + 8
)

// header is the file up to the first cluster, and the rooms in it when they
// can be filled in.
func header(size image.Point, now time.Time, fillable bool) ([]byte, rooms, error) {
	var h head
	h.EBML = *webm.DefaultEBMLHeader
	h.Segment.Info = info{TimecodeScale: uint64(unit), MuxingApp: program, WritingApp: program, DateUTC: now.UTC()}
	h.Segment.Tracks.TrackEntry = entry{
		TrackNumber: 1, TrackUID: 1, CodecID: "V_" + string(format), TrackType: 1,
		Video: video{uint64(size.X), uint64(size.Y), colour{Matrix: 6, Range: 1, Transfer: 13, Primaries: 1}},
	}
	if fillable {
		h.Segment.Info.Void = make([]byte, durationLen-voidShort)
	}
	var buf bytes.Buffer
	if err := ebml.Marshal(&h, &buf); err != nil {
		return nil, rooms{}, err
	}
	b := buf.Bytes()
	room := rooms{segment: int64(bytes.Index(b, []byte{0x18, 0x53, 0x80, 0x67})) + 12}
	if fillable {
		// The Void is Info's last element, Tracks comes next.
		room.duration = int64(bytes.LastIndex(b, []byte{0x16, 0x54, 0xae, 0x6b})) - durationLen
		room.cues = int64(len(b))
		b = append(b, void(cuesLen)...)
	}
	return b, room, nil
}

// void is an element of n bytes, nine at least, that says nothing.
func void(n int) []byte {
	b := make([]byte, n)
	b[0] = 0xec
	copy(b[1:], sizeOf(int64(n-voidLong)))
	return b
}

// sizeOf is a size in eight bytes.
func sizeOf(n int64) []byte { return binary.BigEndian.AppendUint64(nil, 1<<56|uint64(n)) }

// duration is the element that takes the place of its room.
func duration(d time.Duration) []byte {
	return binary.BigEndian.AppendUint64([]byte{0x44, 0x89, 0x88}, math.Float64bits(float64(d/unit)))
}
