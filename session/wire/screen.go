package wire

import "encoding/binary"

// Able is what a program can do with a screen, as bits that add up. It stands
// in each side's Resume.
type Able uint32

// What a viewer can take. Every viewer takes Zstd or Deflate, or Plain alone.
const (
	Zstd      Able = 1 << iota // tiles, compressed with zstd (RFC 8878)
	Deflate                    // tiles, compressed with deflate (RFC 1951), as browsers do
	Datagrams                  // Flow and Flowed beside the data channel
	Motion                     // regions as video
	Plain                      // nothing but the whole screen as video
	allAble   = Zstd | Deflate | Datagrams | Motion | Plain
)

// Carrier is how a screen's frames come.
type Carrier byte

// The carriers.
const (
	ByPieces    Carrier = 1 // as Picture, over the data channel
	ByDatagrams Carrier = 2 // as Flow
	ByVideo     Carrier = 3 // as the video track alone: the whole screen
)

// Screen says that a screen is shown from now on, from a whole picture on.
// What belongs to an older epoch counts no more.
type Screen struct {
	Epoch   uint32 // from 1, rising
	Carrier Carrier
	Method  Able // Zstd, Deflate, or none ByVideo
}

// Shown acknowledges a frame and all before it, and how long the newest took
// to be decoded and to be shown, in microseconds.
type Shown struct{ Number, Decode, Show uint32 }

// Shape is how the customer's mouse pointer looks: premultiplied red, green,
// blue and transparency as 0xAARRGGBB, row by row.
type Shape struct {
	Serial        uint32 // from 1, rising
	Width, Height uint8  // 1 to MaxPointer
	HotX, HotY    uint8  // in it
	Pix           []uint32
}

// MaxPointer is the longest side of a Shape in pixels.
const MaxPointer = 96

// Cursor is where the customer's mouse pointer is, in the newest picture's
// pixels, and which Shape it has; not shown it is at 0, 0 and has none. A
// higher Number is newer.
type Cursor struct {
	Number, Serial uint32
	X, Y           uint16 // less than MaxSide
	Shown          bool
}

// Flow carries a packet of session/flow with frames, Flowed one with what has
// come of them: never over the data channel.
type (
	Flow   struct{ Packet []byte } // 1 to MaxPacket
	Flowed struct{ Packet []byte }
)

// MaxPacket bounds a Flow's packet in bytes.
const MaxPacket = 1150

// Figures is how the picture comes across, measured by the host over the last
// second: medians in microseconds, rates in bytes and bits a second.
type Figures struct {
	Capture, Code, Wire, Decode, Show uint32
	RoundTrip                         uint32
	Lost                              uint16 // of 10,000 packets
	Frames                            uint16 // a second
	Sent                              uint32 // bytes a second
	Estimate                          uint32 // bytes a second that the way is thought to take
}

// Frame is what one look at the screen gave: frames are what Picture's pieces
// and Flow's stream put together. It is no message.
type Frame struct {
	Number uint32 // from 1, rising by one
	At     uint32 // when it was looked at, as the video track's clock counts: 90,000 a second
	Update []byte // session/picture says what it is
}

const frameHeader = 8

// AppendFrame appends f's bytes to b.
func AppendFrame(b []byte, f Frame) []byte {
	b = binary.BigEndian.AppendUint32(b, f.Number)
	b = binary.BigEndian.AppendUint32(b, f.At)
	return append(b, f.Update...)
}

// ReadFrame shares b's memory. The error is ErrFormat.
func ReadFrame(b []byte) (Frame, error) {
	if len(b) <= frameHeader {
		return Frame{}, ErrFormat
	}
	f := Frame{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:]), b[frameHeader:]}
	return f, check(f.Number > 0)
}

func (*Screen) kind() kind  { return kindScreen }
func (*Shown) kind() kind   { return kindShown }
func (*Shape) kind() kind   { return kindShape }
func (*Cursor) kind() kind  { return kindCursor }
func (*Flow) kind() kind    { return kindFlow }
func (*Flowed) kind() kind  { return kindFlowed }
func (*Figures) kind() kind { return kindFigures }

func (m *Screen) append(b []byte) ([]byte, error) {
	b = binary.BigEndian.AppendUint32(b, m.Epoch)
	return append(b, byte(m.Carrier), byte(m.Method)), check(m.valid())
}

func (m *Screen) parse(r *reader) {
	m.Epoch, m.Carrier, m.Method = r.uint32(), Carrier(r.byte()), Able(r.byte())
	r.require(m.valid())
}

func (m *Screen) valid() bool {
	switch m.Carrier {
	case ByPieces, ByDatagrams:
		return m.Epoch > 0 && (m.Method == Zstd || m.Method == Deflate)
	case ByVideo:
		return m.Epoch > 0 && m.Method == 0
	}
	return false
}

func (m *Shown) append(b []byte) ([]byte, error) {
	for _, n := range []uint32{m.Number, m.Decode, m.Show} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b, check(m.Number > 0)
}

func (m *Shown) parse(r *reader) {
	m.Number, m.Decode, m.Show = r.uint32(), r.uint32(), r.uint32()
	r.require(m.Number > 0)
}

func (m *Shape) append(b []byte) ([]byte, error) {
	if err := check(m.valid() && len(m.Pix) == int(m.Width)*int(m.Height)); err != nil {
		return nil, err
	}
	b = binary.BigEndian.AppendUint32(b, m.Serial)
	b = append(b, m.Width, m.Height, m.HotX, m.HotY)
	for _, p := range m.Pix {
		b = binary.BigEndian.AppendUint32(b, p)
	}
	return b, nil
}

func (m *Shape) parse(r *reader) {
	m.Serial, m.Width, m.Height, m.HotX, m.HotY = r.uint32(), r.byte(), r.byte(), r.byte(), r.byte()
	if r.require(m.valid()); r.bad {
		return
	}
	pix := r.take(4 * int(m.Width) * int(m.Height))
	for ; len(pix) >= 4; pix = pix[4:] {
		m.Pix = append(m.Pix, binary.BigEndian.Uint32(pix))
	}
}

func (m *Shape) valid() bool {
	return m.Serial > 0 && m.Width > 0 && m.Width <= MaxPointer && m.Height > 0 && m.Height <= MaxPointer && m.HotX < m.Width && m.HotY < m.Height
}

func (m *Cursor) append(b []byte) ([]byte, error) {
	b = binary.BigEndian.AppendUint32(b, m.Number)
	b = binary.BigEndian.AppendUint32(b, m.Serial)
	return append(appendPoint(b, m.X, m.Y), flag(m.Shown)), check(m.valid())
}

func (m *Cursor) parse(r *reader) {
	m.Number, m.Serial, m.X, m.Y, m.Shown = r.uint32(), r.uint32(), r.uint16(), r.uint16(), r.flag()
	r.require(m.valid())
}

func (m *Cursor) valid() bool {
	return m.Number > 0 && m.X < MaxSide && m.Y < MaxSide && (m.Shown && m.Serial > 0 || !m.Shown && m.X == 0 && m.Y == 0 && m.Serial == 0)
}

func (m *Flow) append(b []byte) ([]byte, error) {
	return append(b, m.Packet...), check(packet(m.Packet))
}
func (m *Flow) parse(r *reader) { m.Packet = r.all(); r.require(packet(m.Packet)) }
func (m *Flowed) append(b []byte) ([]byte, error) {
	return append(b, m.Packet...), check(packet(m.Packet))
}
func (m *Flowed) parse(r *reader) { m.Packet = r.all(); r.require(packet(m.Packet)) }

func packet(b []byte) bool { return len(b) > 0 && len(b) <= MaxPacket }

func (m *Figures) append(b []byte) ([]byte, error) {
	for _, n := range []uint32{m.Capture, m.Code, m.Wire, m.Decode, m.Show, m.RoundTrip} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, m.Lost), m.Frames)
	b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, m.Sent), m.Estimate)
	return b, check(m.Lost <= 10000)
}

func (m *Figures) parse(r *reader) {
	for _, n := range []*uint32{&m.Capture, &m.Code, &m.Wire, &m.Decode, &m.Show, &m.RoundTrip} {
		*n = r.uint32()
	}
	m.Lost, m.Frames, m.Sent, m.Estimate = r.uint16(), r.uint16(), r.uint32(), r.uint32()
	r.require(m.Lost <= 10000)
}
